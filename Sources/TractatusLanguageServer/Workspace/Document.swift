/// A document that the editor has open.
struct Document {
  /// As the editor spells it.
  let uri: String
  /// The name of its source: its path, or the URI of what is no file.
  let name: String
  var version: Int
  var text: DocumentText
}
