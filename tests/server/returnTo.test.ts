import { expect, it } from 'vitest'
import { ownPath } from '../../server/identity/returnTo.ts'

it.each(['/', '/mine', '/case/0b7d?from=inbox#top', '/report/1/details'])('lets %s through', (path) => {
  expect(ownPath(path)).toBe(path)
})

it.each([
  undefined, '', 'mine', '//evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/\n/evil.example', '/mine\r\nset-cookie: a=b', 'https://evil.example',
  'javascript:alert(1)', '/..//evil.example', '/./\\evil', '/%0d%0a/../..//evil', '/auth/login', '/api/v1/keys', '/demo-idp/auth', '/mine\u2028', `/${'a'.repeat(600)}`,
])('turns %j into the home screen', (path) => {
  expect(ownPath(path)).toBe('/')
})
