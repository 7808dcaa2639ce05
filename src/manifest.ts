/** What a phone is told when somebody installs the app. Neutral from day one: an installed icon and name cannot be swapped later. */
import type { ManifestOptions } from 'vite-plugin-pwa'

const icon = (size: number, purpose: 'any' | 'maskable', file: string) => ({ src: `/icons/${file}.png`, sizes: `${size}x${size}`, type: 'image/png', purpose })

export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Meldt',
  short_name: 'Meldt',
  description: 'Skriv ned det som skjedde, og følg med på at noen svarer.',
  lang: 'nb',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  display_override: ['standalone', 'minimal-ui'],
  orientation: 'any',
  theme_color: '#ffffff',
  background_color: '#ffffff',
  categories: ['productivity', 'utilities'],
  launch_handler: { client_mode: 'focus-existing' },
  icons: [
    icon(192, 'any', 'icon-192'),
    icon(512, 'any', 'icon-512'),
    icon(192, 'maskable', 'maskable-192'),
    icon(512, 'maskable', 'maskable-512'),
  ],
  shortcuts: [
    { name: 'Logg', url: '/', icons: [icon(192, 'any', 'icon-192')] },
    { name: 'Når det skjer', url: '/now', icons: [icon(192, 'any', 'icon-192')] },
    { name: 'Mine', url: '/mine', icons: [icon(192, 'any', 'icon-192')] },
  ],
}
