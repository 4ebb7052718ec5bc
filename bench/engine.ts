/** What one whole case took, in milliseconds since the flag was sent. */
export interface Timing {
  /** The flag was answered. */
  answer: number
  /** The provider was asked to ring (product), the dial activity ran (bare). */
  request: number
  /** The phone rang (product); the bare workflow has no phone, so it is the same moment as `request`. */
  ring: number
  /** The case was closed. */
  whole: number
}

export interface StartedCase {
  /** Settles when the case is closed. */
  closed: Promise<void>
  /** To be asked after the phase, so that asking does not disturb what is measured. */
  timing(): Promise<Timing>
}

/** Something that runs whole cases: the product, or a bare workflow of the same shape. */
export interface Engine {
  name: 'product' | 'bare'
  start(): Promise<StartedCase>
}
