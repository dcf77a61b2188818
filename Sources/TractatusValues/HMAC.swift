/// HMAC with SHA-256, as RFC 2104 and RFC 4231 have it.
package enum HMAC {
  /// The 32 bytes that authenticate `message` under `key`, which may have any length.
  package static func sha256(_ message: Span<UInt8>, key: Span<UInt8>) -> [UInt8] {
    var block: [UInt8] = []
    block.reserveCapacity(64)
    if key.count > 64 {
      block = SHA256.digest(key)
    } else {
      for index in key.indices { block.append(key[index]) }
    }
    while block.count < 64 { block.append(0) }

    let innerBlock = block.map { $0 ^ 0x36 }
    var inner = SHA256()
    inner.update(innerBlock.span)
    inner.update(message)
    let innerDigest = inner.digest()

    let outerBlock = block.map { $0 ^ 0x5C }
    var outer = SHA256()
    outer.update(outerBlock.span)
    outer.update(innerDigest.span)
    return outer.digest()
  }
}
