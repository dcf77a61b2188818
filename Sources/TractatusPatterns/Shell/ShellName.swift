/// Reserved words and builtins by their bytes, the first in the lowest place.
///
/// The values are the names themselves, as eight bytes in little-endian order.
enum ShellName {
  // Reserved words.
  static let `if`: UInt64 = 0x6669
  static let then: UInt64 = 0x6E65_6874
  static let elif: UInt64 = 0x6669_6C65
  static let `else`: UInt64 = 0x6573_6C65
  static let fi: UInt64 = 0x6966
  static let `while`: UInt64 = 0x65_6C69_6877
  static let until: UInt64 = 0x6C_6974_6E75
  static let `do`: UInt64 = 0x6F64
  static let done: UInt64 = 0x656E_6F64
  static let `for`: UInt64 = 0x726F66
  static let `in`: UInt64 = 0x6E69
  static let `case`: UInt64 = 0x6573_6163
  static let esac: UInt64 = 0x6361_7365
  static let select: UInt64 = 0x7463_656C_6573
  static let function: UInt64 = 0x6E6F_6974_636E_7566
  static let time: UInt64 = 0x656D_6974
  static let coproc: UInt64 = 0x636F_7270_6F63
  static let open: UInt64 = 0x7B
  static let close: UInt64 = 0x7D
  static let bang: UInt64 = 0x21
  static let condition: UInt64 = 0x5B5B
  static let conditionEnd: UInt64 = 0x5D5D

  // Builtins that change variables, or run texts.
  static let eval: UInt64 = 0x6C61_7665
  static let source: UInt64 = 0x6563_7275_6F73
  static let dot: UInt64 = 0x2E
  static let read: UInt64 = 0x6461_6572
  static let mapfile: UInt64 = 0x65_6C69_6670_616D
  static let readarray: UInt64 = 0x6172_7261_6461_6572
  static let printf: UInt64 = 0x6674_6E69_7270
  static let getopts: UInt64 = 0x73_7470_6F74_6567
  static let unset: UInt64 = 0x74_6573_6E75
  static let export: UInt64 = 0x7472_6F70_7865
  static let declare: UInt64 = 0x65_7261_6C63_6564
  static let typeset: UInt64 = 0x74_6573_6570_7974
  static let local: UInt64 = 0x6C_6163_6F6C
  static let readonly: UInt64 = 0x796C_6E6F_6461_6572
  static let `let`: UInt64 = 0x74656C
  static let set: UInt64 = 0x746573
  static let shopt: UInt64 = 0x74_706F_6873
  static let cd: UInt64 = 0x6463
  static let pushd: UInt64 = 0x64_6873_7570
  static let popd: UInt64 = 0x6470_6F70
  static let trap: UInt64 = 0x7061_7274
  static let alias: UInt64 = 0x73_6169_6C61
  static let wait: UInt64 = 0x7469_6177
  static let enable: UInt64 = 0x656C_6261_6E65
  static let builtin: UInt64 = 0x6E_6974_6C69_7562
  static let command: UInt64 = 0x64_6E61_6D6D_6F63
  static let exec: UInt64 = 0x6365_7865
  static let test: UInt64 = 0x7473_6574
  static let bracket: UInt64 = 0x5B
  static let exit: UInt64 = 0x7469_7865
  static let `return`: UInt64 = 0x6E72_7574_6572

  // Variables.
  static let home: UInt64 = 0x454D_4F48
  static let workingDirectory: UInt64 = 0x445750
  static let separators: UInt64 = 0x534649

  /// The first eight bytes of a text as a number.
  @inline(__always)
  static func key(_ text: [UInt8], _ start: Int, _ end: Int) -> UInt64 {
    var key: UInt64 = 0
    var offset = min(end, start + 8)
    while offset > start {
      offset -= 1
      key = key << 8 | UInt64(text[offset])
    }
    return key
  }

  /// Whether the key is of a reserved word that ends a list and can begin no command.
  static func endsList(_ key: UInt64) -> Bool {
    switch key {
    case then, elif, `else`, fi, `do`, done, esac, close: true
    default: false
    }
  }

  /// Whether the key is of a reserved word that begins a compound command.
  static func beginsCompound(_ key: UInt64) -> Bool {
    switch key {
    case `if`, `while`, until, `for`, `case`, select, open, condition: true
    default: false
    }
  }

  /// Whether the key is of a variable that the shell itself gives values: RANDOM, SRANDOM,
  /// SECONDS, LINENO, REPLY, OPTARG, OPTIND, OLDPWD, UID, EUID, PPID, GROUPS, DIRSTACK, FUNCNAME,
  /// HISTCMD, COPROC, MAPFILE and `_`.
  static func isDynamic(_ key: UInt64) -> Bool {
    switch key {
    case 0x4D4F_444E_4152, 0x4D_4F44_4E41_5253, 0x53_444E_4F43_4553, 0x4F4E_454E_494C,
      0x59_4C50_4552,
      0x4752_4154_504F, 0x444E_4954_504F, 0x4457_5044_4C4F, 0x444955, 0x4449_5545, 0x4449_5050,
      0x5350_554F_5247, 0x4B43_4154_5352_4944, 0x454D_414E_434E_5546, 0x44_4D43_5453_4948,
      0x434F_5250_4F43,
      0x45_4C49_4650_414D, 0x5F:
      true
    default: false
    }
  }

  /// Whether the key is of the letters that such variables begin with: BASH, EPOC, PIPE, SHEL.
  static func isDynamicPrefix(_ key: UInt64) -> Bool {
    switch key {
    case 0x4853_4142, 0x434F_5045, 0x4550_4950, 0x4C45_4853: true
    default: false
    }
  }
}
