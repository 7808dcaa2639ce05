export { isGenuine } from '#app/crypto/receipts.ts'
