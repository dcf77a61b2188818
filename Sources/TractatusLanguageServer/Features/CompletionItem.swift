/// Something that may stand where someone types.
struct CompletionItem: Hashable {
  /// The numbers of the protocol's *CompletionItemKind* that are used.
  enum Kind: Int {
    case method = 2
    case function = 3
    case field = 5
    case variable = 6
    case `class` = 7
    case module = 9
    case property = 10
    case value = 12
    case enumeration = 13
    case keyword = 14
    case enumMember = 20
    case constant = 21
    case structure = 22
  }

  var label: String
  var kind: Kind
  /// What it is, in a few words.
  var detail: String
  /// What it means.
  var meaning = ""
  /// Earlier ones are likelier.
  var rank = 5
}
