import '@fontsource-variable/public-sans'
import '@mantine/core/styles.css'
import './styles.css'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { isAnswer } from './client.ts'
import { cssVariablesResolver, installTokens, theme } from './theme.ts'

// The till is on this machine: whether the computer has a network says nothing about it.
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnWindowFocus: false,
      staleTime: 30_000,
      retry: (failures, error) => !isAnswer(error) && failures < 3,
    },
    mutations: { networkMode: 'always' },
  },
})

installTokens()
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place for the screens')
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
