import { describe, expect, it } from 'vitest'
import { readSettings } from '../../server/settings.ts'

const real = { OIDC_ISSUER: 'https://id.example.no', OIDC_CLIENT_ID: 'meldt', OIDC_CLIENT_SECRET: 'secret' }

describe('the settings', () => {
  it('need nothing at all for a demo on this machine', () => {
    expect(readSettings({})).toMatchObject({ port: 8080, baseUrl: 'http://localhost:8080', demo: true, secure: false, production: false })
  })

  it('take the port into the address, and an address as it is', () => {
    expect(readSettings({ PORT: '9000' }).baseUrl).toBe('http://localhost:9000')
    expect(readSettings({ ...real, BASE_URL: 'https://meldt.example.no/' })).toMatchObject({ baseUrl: 'https://meldt.example.no', secure: true, demo: false })
  })

  it('read an empty value as not set', () => {
    expect(readSettings({ PORT: '', OIDC_ISSUER: ' ', DATABASE_URL: '' })).toMatchObject({ port: 8080, demo: true })
  })

  it.each([
    ['a port that is no number', { PORT: 'http' }, /PORT must be a number from 1 to 65535, but it is "http"/],
    ['a port with a fraction', { PORT: '80.5' }, /PORT must be a whole number/],
    ['an address that is none', { BASE_URL: 'meldt' }, /BASE_URL must be an address/],
    ['an address with a path', { BASE_URL: 'http://localhost:8080/meldt' }, /without a path/],
    ['an address that is not of the web', { BASE_URL: 'ftp://localhost' }, /must begin with http/],
    ['a database that is none of ours', { DATABASE_URL: 'mysql://x' }, /DATABASE_URL must begin with postgres/],
    ['a log level that is unknown', { LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of trace/],
    ['a client without an issuer', { OIDC_CLIENT_ID: 'meldt' }, /OIDC_CLIENT_ID is set but OIDC_ISSUER is not/],
    ['an issuer without a client', { OIDC_ISSUER: 'https://id.example.no' }, /OIDC_CLIENT_ID is missing/],
    ['an issuer without https', { ...real, OIDC_ISSUER: 'http://id.example.no' }, /OIDC_ISSUER must begin with https/],
    ['a scope without openid', { ...real, OIDC_SCOPE: 'profile' }, /OIDC_SCOPE must contain openid/],
    ['production over plain http', { ...real, NODE_ENV: 'production', BASE_URL: 'http://meldt.example.no' }, /must begin with https:\/\/ in production/],
  ])('refuse %s with a sentence', (_name, env, sentence) => {
    expect(() => readSettings(env)).toThrow(sentence)
  })

  it('keep the secret out of every sentence', () => {
    expect(() => readSettings({ ...real, OIDC_CLIENT_SECRET: 'hunter2', OIDC_SCOPE: 'x' })).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }))
  })
})

describe('the demo identity provider', () => {
  it('never runs in production', () => {
    expect(() => readSettings({ NODE_ENV: 'production' })).toThrow(/never runs in production/)
  })

  it('never runs where others can reach it, unless somebody says so in so many words', () => {
    const env = { BASE_URL: 'http://192.168.1.20:8080' }
    expect(() => readSettings(env)).toThrow(/only runs on localhost/)
    expect(() => readSettings({ ...env, DEMO_IDP_LAN: 'true' })).toThrow(/only runs on localhost/)
    expect(readSettings({ ...env, DEMO_IDP_LAN: 'yes-this-is-a-demo' }).demo).toBe(true)
  })

  it('is not there when a real issuer is set', () => {
    expect(readSettings(real).demo).toBe(false)
  })

  it('ends the process as a configuration fault, so that nothing tries again', () => {
    expect(() => readSettings({ NODE_ENV: 'production' })).toThrow(expect.objectContaining({ exitCode: 78 }))
  })
})
