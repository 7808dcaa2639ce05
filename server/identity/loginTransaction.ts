/** What one sign-in must remember until the identity provider sends the person back: encrypted in a cookie of ten minutes. */
import { randomBytes } from 'node:crypto'
import { EncryptJWT, errors, jwtDecrypt } from 'jose'

export const loginSeconds = 600

/** `isStepUp`: the person must have shown who they are just now, whatever the provider remembers. */
export interface LoginTransaction { verifier: string; state: string; nonce: string; returnTo: string; isStepUp: boolean }

export interface TransactionBox {
  seal(transaction: LoginTransaction): Promise<string>
  /** Undefined when it is not ours, was changed, or is too old. */
  open(sealed: string | undefined): Promise<LoginTransaction | undefined>
}

/** The key lives as long as the process: a restart in the middle of a sign-in only asks the person to try again. */
export function createTransactionBox(clock: () => Date): TransactionBox {
  const key = randomBytes(32)
  return {
    seal: ({ ...claims }) => {
      const now = Math.floor(clock().getTime() / 1000)
      return new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).setIssuedAt(now).setExpirationTime(now + loginSeconds).encrypt(key)
    },
    async open(sealed) {
      if (sealed === undefined) return undefined
      try {
        const { payload } = await jwtDecrypt<LoginTransaction>(sealed, key, { currentDate: clock(), keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] })
        return { verifier: payload.verifier, state: payload.state, nonce: payload.nonce, returnTo: payload.returnTo, isStepUp: payload.isStepUp }
      } catch (cause) {
        if (cause instanceof errors.JOSEError) return undefined
        throw cause
      }
    },
  }
}
