extension DiagnosticCode {
  /// The long explanations of T01xx, bytes into tokens; nil for a code of another area.
  var lexicalExplanation: String? {
    switch self {
    case .sourceTooLarge:
      #"""
      A rule file holds at most 4 MiB (4,194,304 bytes). A longer one is not read at all: nothing
      of it takes part in decisions, and the policy does not compile.

      Split the file. All files of a package lie under one rules root, and each begins with the
      same `policy`; their order has no meaning.
      """#
    case .invalidUTF8:
      #"""
      Rule files are UTF-8. Bytes that are not could be read as one text here and as another in an
      editor, so they stand nowhere, not even in comments and strings.

      Save the file as UTF-8. In Latin-1, for example, `é` is the one byte E9, which is no UTF-8;
      in UTF-8 it is the two bytes C3 A9.
      """#
    case .unexpectedCharacter:
      #"""
      The character begins nothing in this language. Some that other languages use are written
      otherwise:

          a && b      a and b
          a || b      a or b
          !a          not a
          'text'      "text"
          # comment   // comment
          deny;       deny
      """#
    case .controlCharacter:
      #"""
      Control characters other than tab, line feed and carriage return stand nowhere in a rule
      file: they are invisible, and some make a terminal show another text than the file holds.

      In a string, write the escape instead:

          let bell = "\u{7}"
      """#
    case .nonASCIIName:
      #"""
      Names are of the letters `A` to `Z` and `a` to `z`, digits and `_`. Letters of other scripts
      can look like these and make two different names look alike: the Cyrillic `а` in `pаssword`,
      for example.

      Write the name in ASCII. Strings and comments may hold any letters:

          let greeting = "Grüß Gott"
      """#
    case .bidirectionalControl:
      #"""
      Bidirectional controls change the order in which text is shown. With them a file can show a
      reviewer another rule than the one that is compiled, so they stand nowhere, comments and
      strings included.

      Remove the character. Where a string must hold one, write it as an escape:

          let mark = "\u{202E}"
      """#
    case .unterminatedString:
      #"""
      A string ends with `"` on the line on which it begins. The quote is missing, or a quote
      inside is not escaped:

          deny because "say \"no\""

      Text of several lines stands between three quotes; its common indentation is no part of it:

          because """
              First line.
              Second line.
              """
      """#
    case .invalidEscape:
      #"""
      In a string a backslash begins one of the escapes `\n` (line feed), `\t` (tab), `\"`, `\\`,
      `\{` and `\u{…}` with one to six hexadecimal digits of a Unicode scalar. Write a backslash
      itself as `\\`:

          let folder = "C:\\rules"

      A regular expression needs no doubling, for it stands between slashes: `/\d+\.\d+/`.
      """#
    case .unterminatedRegularExpression:
      #"""
      A regular expression ends with `/` on the line on which it begins. Write a `/` inside as
      `\/`, also in a class in brackets:

          deny when url matches /^https?:\/\/[^\/]+\/admin/
      """#
    case .unknownRegularExpressionFlag:
      #"""
      After its closing `/` a regular expression has the flags `i` (letters match in either case)
      and `s` (`.` also matches a line end), each at most useful once:

          deny when command matches /drop\s+table/i

      There is no `g`: a test asks whether the expression matches anywhere.
      """#
    case .malformedNumber:
      #"""
      Numbers are exact decimals: digits, perhaps with `_` between two of them, perhaps a point
      and more digits, with at most 18 digits on either side. A unit is a word of its own:

          30_000
          0.95
          90 days
      """#
    case .malformedDate:
      #"""
      A date is the year in four digits, the month and the day in two each, and must be in the
      calendar:

          waive inst_025 from 2026-07-01 until 2026-12-31 because "Dry runs." approved by "platform"

      2026 is no leap year, so 2026-02-29 is not.
      """#
    case .malformedTime:
      #"""
      A time is written as RFC 3339 says: a date, `T`, hours, minutes and seconds, perhaps a
      fraction, and `Z` or the offset from UTC:

          since: 2025-10-06T14:00:00Z
          since: 2025-10-06T16:00:00+02:00
      """#
    case .unterminatedQuotedName:
      #"""
      A name in backticks may be spelt like a word of the language. It is one name, of letters,
      digits and `_`, between two backticks on one line:

          deny when `on` == 1
      """#
    case .invalidInterpolation:
      #"""
      In a reason, braces hold the path of an attribute, whose value is shown in their place. A
      brace itself is written `\{`:

          deny because "Port {port} on {facts.environment}; \{} is an empty record."
      """#
    default: nil
    }
  }
}
