/** The short form of `npm run kill-run`: few kills on every run of the gate, many when a release is near. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliveriesUnderKill } from '../../tools/kill-run/deliveriesUnderKill.ts'
import { savesUnderKill } from '../../tools/kill-run/savesUnderKill.ts'
import type { Phone } from '../support/e2e/phone.ts'
import { signIn } from '../support/e2e/person.ts'
import { createWorld, type World } from '../support/e2e/world.ts'

let world: World
let phone: Phone
let leader: Phone
beforeAll(async () => {
  world = await createWorld()
  phone = await world.phone('kari')
  leader = await world.phone('rita')
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'kari')
  await signIn(leader, 'rita', '/inbox')
  await phone.off()
  await phone.on()
  await world.line.cut()
})
afterAll(() => world.end())

describe('a battery that falls out while saving', () => {
  it('leaves a whole report or the draft as it was, five times out of five', async () => {
    const { kills, promisedAndLost, neitherNorBoth } = await savesUnderKill(phone, 5)
    expect({ kills, promisedAndLost, neitherNorBoth }).toEqual({ kills: 5, promisedAndLost: 0, neitherNorBoth: 0 })
  })
})

describe('a server that is killed while a hundred letters arrive', () => {
  it('has each of them once in the end', async () => {
    const { lost, duplicated, foreign } = await deliveriesUnderKill(world, phone, leader, 100, 1)
    expect({ lost, duplicated, foreign }).toEqual({ lost: 0, duplicated: 0, foreign: 0 })
  })
})

describe('all phones', () => {
  it('broke no content security policy, logged no error and asked no other origin', () => {
    expect(world.complaints()).toEqual([])
  })
})
