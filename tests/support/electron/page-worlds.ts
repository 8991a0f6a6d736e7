/** The two scripts that a stand-in's page begins with: one in the preload's world, one in the page's own. */

/** Bytes as text and back, in words that both worlds and Node understand. */
const CODEC = `
const encode = data => typeof data === 'string' ? { text: data }
  : { base64: btoa(Array.from(new Uint8Array(data), byte => String.fromCharCode(byte)).join('')) }
const decode = ({ text, base64 }) => text ?? Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
`

export interface Encoded {
  text?: string
  base64?: string
}

export function encode(data: string | Uint8Array | ArrayBuffer): Encoded {
  if (typeof data === 'string') return { text: data }
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data)
  return { base64: Buffer.from(bytes).toString('base64') }
}

export function decode({ text, base64 }: Encoded): string | Uint8Array {
  return text ?? new Uint8Array(Buffer.from(base64 ?? '', 'base64'))
}

export const TO_MAIN = 'standInToMain'
export const TO_TEST = 'standInToTest'

/** The real preload with a `require('electron')` of its own, in a world apart from the page's. */
export function preloadScript(preload: string): string {
  return `(() => {
${CODEC}
const say = message => globalThis[${JSON.stringify(TO_MAIN)}](JSON.stringify(message))
const ports = []
const exposed = {}
const announce = () => document.dispatchEvent(new CustomEvent('stand-in-exposed', { detail: JSON.stringify(exposed) }))
document.addEventListener('stand-in-page', announce)
const contextBridge = { exposeInMainWorld(name, api) {
  exposed[name] = JSON.parse(JSON.stringify(api))
  say({ exposed: name, api, kinds: Object.values(api).map(member => typeof member) })
  announce()
} }
const ipcRenderer = { postMessage(channel, message, transfer = []) {
  const ids = transfer.map(port => {
    const id = ports.push(port) - 1
    port.onmessage = event => say({ port: id, data: encode(event.data) })
    return id
  })
  say({ channel, message, ports: ids })
} }
globalThis.standInDeliver = (id, data) => ports[id].postMessage(decode(data))
const require = name => {
  if (name === 'electron') return { contextBridge, ipcRenderer }
  throw new Error('The sandbox has no module ' + name)
}
const module = { exports: {} }
;(function (require, module, exports) {
${preload}
})(require, module, module.exports)
})()`
}

/** What the page's world begins with: the preload's gifts, and for a test without a screen the port itself. */
export function pageScript(takePort: boolean): string {
  return `(() => {
if (window.top !== window) return
${CODEC}
document.addEventListener('stand-in-exposed', event => {
  for (const [name, api] of Object.entries(JSON.parse(event.detail)))
    if (!(name in window)) Object.defineProperty(window, name, { value: Object.freeze(api), enumerable: true })
})
document.dispatchEvent(new CustomEvent('stand-in-page'))
if (!${String(takePort)}) return
window.addEventListener('message', event => {
  const [port] = event.ports
  if (port === undefined) return
  event.stopImmediatePropagation()
  const say = said => window[${JSON.stringify(TO_TEST)}](JSON.stringify(said))
  port.onmessage = message => say(encode(message.data))
  window.standInSend = data => port.postMessage(decode(data))
  say(null)
}, true)
})()`
}
