import TractatusPatterns
import TractatusValues

/// A cached program image as it lies in a file: a header that says which sources it is of and that
/// proves who wrote it, and the image.
///
/// Header: eight bytes of mark, four of version, four of reserve, eight of the image's length,
/// eight of reserve, 32 of key, 16 of nonce, 16 of tag. The tag is that of `NHPoly1305` over all
/// else, under a one-time seed that HMAC-SHA-256 (RFC 4231) makes of the secret, the entry's key
/// and the nonce, as RFC 8439 makes one of a cipher's key and nonce.
enum CacheEntry {
  /// Bytes before the image; a multiple of 16, as the image's sections are.
  static let headerCount = 96
  /// Bytes of a secret.
  static let secretCount = 32
  /// Bytes of a nonce.
  static let nonceCount = 16
  /// The largest entry: 64 MiB.
  static let limit = 64 << 20

  private static let mark: [UInt8] = Array("TRACTCE\0".utf8)
  private static let version: UInt8 = 2
  /// Where the tag begins, the last of the header.
  private static let tagStart = 80

  /// The entry of an image; `nonce` must never be used twice with one secret.
  static func seal(_ image: [UInt8], key: [UInt8], secret: [UInt8], nonce: [UInt8]) -> [UInt8]? {
    guard key.count == 32, secret.count == secretCount, nonce.count == nonceCount else {
      return nil
    }
    var entry = mark
    entry += [version, 0, 0, 0, 0, 0, 0, 0]
    for shift in 0..<8 { entry.append(UInt8(truncatingIfNeeded: image.count >> (8 * shift))) }
    entry += [0, 0, 0, 0, 0, 0, 0, 0]
    entry += key
    entry += nonce
    guard let tag = tag(of: entry, image.span, secret) else { return nil }
    return entry + tag + image
  }

  /// Whether these bytes are an entry of this key that somebody sealed who has the secret; its
  /// image begins at `headerCount` then.
  static func isSound(_ entry: ImageBytes, key: [UInt8], secret: [UInt8]) -> Bool {
    guard entry.count > headerCount, entry.count <= limit, key.count == 32,
      secret.count == secretCount
    else { return false }
    let header = (0..<headerCount).map { entry[$0] }
    guard header[..<8].elementsEqual(mark), header[8] == version,
      header[9..<16].allSatisfy({ $0 == 0 }), header[24..<32].allSatisfy({ $0 == 0 }),
      header[32..<64].elementsEqual(key)
    else { return false }
    var length: UInt64 = 0
    for index in 0..<8 { length |= UInt64(header[16 + index]) << UInt64(8 * index) }
    guard length == UInt64(entry.count - headerCount) else { return false }
    let found = entry.withSpan(headerCount..<entry.count) { image in
      tag(of: Array(header[..<tagStart]), image, secret)
    }
    guard let found else { return false }
    // No early end tells how much of a forged tag was right.
    var difference: UInt8 = 0
    for index in found.indices { difference |= found[index] ^ header[tagStart + index] }
    return difference == 0
  }

  /// The tag of an image behind all of a header that comes before the tag.
  private static func tag(
    of header: [UInt8], _ image: Span<UInt8>, _ secret: [UInt8]
  ) -> [UInt8]? {
    let message = Array("tractatus cache entry\0".utf8) + header[32..<tagStart]
    let once = HMAC.sha256(message.span, key: secret.span)
    return NHPoly1305.tag(of: header, image, seed: once)
  }
}
