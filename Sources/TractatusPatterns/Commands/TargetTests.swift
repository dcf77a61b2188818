/// The tests of the targets of one verb, or of operands, each with the number of its query.
///
/// PERF: a class, so that to ask one of several counts one reference.
final class TargetTests: Sendable {
  let places: PlaceSet
  /// Of each test of a place: the number of its query.
  let placeOwners: Packed<UInt32>
  let texts: TextQuerySet
  /// Of each test of a text: the number of its query.
  let textOwners: Packed<UInt32>

  init(
    places: PlaceSet, placeOwners: [UInt32], texts: TextQuerySet, textOwners: [UInt32]
  ) {
    self.places = places
    self.placeOwners = Packed(placeOwners)
    self.texts = texts
    self.textOwners = Packed(textOwners)
  }

  /// Whether both are the same tests.
  func equals(_ other: TargetTests) -> Bool {
    places == other.places && placeOwners == other.placeOwners && texts == other.texts
      && textOwners == other.textOwners
  }

  /// Appends the tests to an image.
  func write(into image: inout ImageWriter) {
    var bytes: [UInt8] = []
    places.write(into: &bytes)
    image.write(Packed(bytes))
    image.write(placeOwners)
    texts.write(into: &image)
    image.write(textOwners)
  }

  /// Reads tests of so many queries; nil where some number is out of range.
  init?(reading image: inout ImageReader, queries count: Int) {
    guard var part = image.part(), let places = PlaceSet(reading: &part), part.isAtEnd,
      let placeOwners = image.words(), placeOwners.count == places.count,
      let texts = TextQuerySet(reading: &image), let textOwners = image.words(),
      textOwners.count == texts.count
    else { return nil }
    for owner in placeOwners where Int(owner) >= count { return nil }
    for owner in textOwners where Int(owner) >= count { return nil }
    self.places = places
    self.placeOwners = placeOwners
    self.texts = texts
    self.textOwners = textOwners
  }
}
