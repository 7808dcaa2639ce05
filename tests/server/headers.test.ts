import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import { pageText, scriptText } from '../support/smallDist.ts'

let server: TestServer
beforeAll(async () => { server = await startTestServer() })
afterAll(() => server.end())

const ask = (path: string, headers: Record<string, string> = {}) => server.visitor().ask(path, { headers })
const navigation = { 'accept': 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' }
const csp = "default-src 'none';script-src 'self';style-src 'self';img-src 'self' blob: data:;font-src 'self';connect-src 'self';manifest-src 'self';worker-src 'self';"
  + "base-uri 'none';form-action 'self';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types vue sw-url search-url"

describe('every answer', () => {
  it.each([['/'], ['/mine'], ['/sw.js'], ['/assets/index-a1b2c3.js'], ['/api/v1/session'], ['/api/v1/nothing'], ['/nothing.png'], ['/healthz'], ['/auth/callback']])('tells the browser to be strict: %s', async (path) => {
    const { headers } = await ask(path, path.includes('.') || path.startsWith('/api') ? {} : navigation)
    expect(headers.get('content-security-policy')).toBe(csp)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin', 'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
    })
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('promises https only where there is https', async () => {
    expect((await ask('/')).headers.get('strict-transport-security')).toBeNull()
    const secure = await server.beside({ BASE_URL: 'https://meldt.example.no', OIDC_ISSUER: 'https://id.example.no', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' })
    const answer = await secure.app.inject({ url: '/api/v1/session' })
    expect(answer.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
    expect((await secure.app.inject({ url: '/demo-idp/auth' })).statusCode).toBe(404)
    await secure.end()
  })

  it('is kept by nobody when it comes from the API or from sign-in', async () => {
    for (const path of ['/api/v1/session', '/api/v1/keys', '/api/v1/changes', '/api/v1/nothing', '/auth/callback', '/readyz']) expect([path, (await ask(path)).headers.get('cache-control')]).toEqual([path, 'no-store'])
  })
})

describe('the app', () => {
  it('comes as the page for every address of a screen', async () => {
    for (const path of ['/', '/mine', '/report/6f1c2a50/details', '/case/1?from=inbox']) {
      const answer = await ask(path, navigation)
      expect([path, answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([path, 200, pageText, 'no-cache'])
    }
  })

  it('never comes as the page where a file, the API or sign-in was meant', async () => {
    for (const path of ['/assets/old-000000.js', '/nothing.png', '/api/v1/nothing', '/api/', '/auth/nothing', '/demo-idp/nothing', '/.secret', '/%2esecret', '/assets/..%2f..%2fpackage.json']) {
      const answer = await ask(path, navigation)
      expect([path, (await answer.text()).includes(pageText)]).toEqual([path, false])
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
    expect((await ask('/mine', { accept: '*/*' })).status).toBe(404)
  })

  it('keeps hashed files for ever and asks again for the rest', async () => {
    expect((await ask('/assets/index-a1b2c3.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await ask('/assets/old-000000.js')).headers.get('cache-control')).toBe('no-store')
    expect((await ask('/sw.js')).headers.get('cache-control')).toBe('no-cache')
    expect((await ask('/index.html')).headers.get('cache-control')).toBe('no-cache')
  })

  it('sends the smaller file to whoever takes it', async () => {
    const small = await ask('/assets/index-a1b2c3.js', { 'accept-encoding': 'gzip' })
    expect([small.headers.get('content-encoding'), small.headers.get('vary'), await small.text()]).toEqual(['gzip', 'accept-encoding', scriptText])
    const plain = await ask('/assets/index-a1b2c3.js', { 'accept-encoding': 'identity' })
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, scriptText])
    expect(small.headers.get('content-type')).toBe(plain.headers.get('content-type'))
  })
})
