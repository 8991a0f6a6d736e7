/** Runs before the page, in its sandbox: hands one port across and nothing else. */
import { contextBridge, ipcRenderer } from 'electron'

contextBridge.exposeInMainWorld('tillproof', { transport: 'port' })

const { port1, port2 } = new MessageChannel()
ipcRenderer.postMessage('tillproof:port', null, [port1])
// The page's own script has run by then and listens.
window.addEventListener('load', () => window.postMessage('tillproof:port', window.location.origin, [port2]), {
  once: true,
})
