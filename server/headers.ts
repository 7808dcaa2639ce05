/** What every answer says to the browser (security brief 4.8). */
import type { FastifyHelmetOptions } from '@fastify/helmet'
import type { FastifyReply } from 'fastify'

/** Designsystemet's CSS icons are `data:` images; Vue needs its own Trusted Types policy, and `sw-url` and `search-url` allow exactly the service worker's and the search worker's address. */
export const contentSecurityPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['vue', 'sw-url', 'search-url'],
}

/** Helmet's settings. Strict-Transport-Security only where there is https. */
export const helmetOptions = (secure: boolean): FastifyHelmetOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  xFrameOptions: { action: 'deny' },
})

/** What helmet does not know. */
export const moreHeaders = (reply: FastifyReply, path: string) => {
  reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()')
  if (/^\/(?:api|auth|healthz|readyz)(?:[/?]|$)/.test(path)) reply.header('cache-control', 'no-store')
}
