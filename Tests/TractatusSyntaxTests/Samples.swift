/// A file with every construct of the language, as an organisation would write it.
let sampleFile = #"""
  // An organisation's rule file.
  policy acme.platform "Acme platform engineering" version "1.4.0"

  use tractatus.core
  use tractatus.actions

  /// Environments that serve customers.
  let production_hosts = ["db1.acme.example", "db2.acme.example"]
  let on_main = facts.git.branch? in ["main", "release"]
  let long_text = """
      Several lines,
        indented.
      """
  let risky on bash, deploy = command? matches [/rm\s+-rf \//i, /dd if=/] and not dry

  type environment = one of [dev, staging, production,]
  type port = int in 1..65535
  type window = { from: time, until: time optional, parts: list of list of text }

  fact git.branch: text optional
  fact environment: environment else dev

  closed action database_connect "Open a database connection" {
      port:     int in 1..65535 optional
      host:     host
      database: text optional
      `on`:     text optional

      from tool "mcp__postgres__connect", "Db*" with host = server.name, port = p
      from action bash when command only runs ["mongosh", "psql"]
      extract port from description matching /mongodb:\/\/[^\s\/]*:(\d{2,5})/
      extract port from command option ["--port", "-p"]
  }

  sealed action deploy "Copy a build to a server" {
      source: path
      from tool "mcp__release__deploy"
      otherwise ask because "No rule allows this deployment."
  }

  sealed otherwise ask because "Nothing is decided about {action.type}."

  instruction inst_042 "Check MongoDB at port 27027" {
      quadrant:     system
      explicitness: 0.95
      since:        2025-10-06T14:00:00Z
      review:       90 days
      replaces:     [inst_041, acme.old.inst_001]
      weight:       -5

      on database_connect when has port unless actor.role? == "admin"
      expect port == 27027 instead of 27017 correct
          when true because "You specified port 27027; {port} is the usual default."
      expect host not in ["a", "b"]
      expect created_at within 24 hours
  }

  shadow sealed rule direct_database {
      on bash, database_connect
      ask when host? in production_hosts or (command? starts with "psql" ignoring case
          and port in 1..1024)
      warn unless all x in items satisfies (x.name not like "*.pem" and count(x.parts) >= 3)
      needs human judgment when description mentions ["auto-subscribe", "opt * out"]
      needs human approval
      allow when environment != production and session.tokens <= 1_000 and at < 2026-12-31
      offer "An alternative"
      check "The host"
      notify "security"
      example deny { host: "db1", port: 1 } given { facts.environment: production }
      example allow database_connect {}
  }

  program rsync, "rsync-ssl" "Copies files" {
      reads other operands
      writes last operand
      flag -r -R --recursive flag --delete deletes last operand
      option -e --rsh takes command executes
      option --exec takes command until [";", "+"] executes
      option -f "--from=" takes path for first operand reads sends after "@"
      subcommand push, "push-all" { executes operands joined extended flag -x escalates }
  }

  rule copies {
      on bash
      deny when any c in command satisfies
          (c runs "rsync" without ["-R", "--relative"] and c writes within "/var/www")
      deny when command? sends like "**/.env*" or command connects not within "acme.example"
          or command pipes "curl" into ["sh", "bash"] or command is opaque or path? outside cwd
      deny when command runs ["git push", "rm"] with all ["-r", "-f"] operand not in ["a"]
      allow when command only writes within [cwd, "/tmp"] and not command escalates
  }

  boundary agency "Section 12.2" {
      section: "12.2"
      on any
      deny when false
      deliberate {
          urgency: important
          tension "Growth vs. user control"
          framework "Rights-based" holds "Consent precedes contact" from [privacy_advocates]
          framework "Other" holds "Nothing"
          review after 90 days
      }
  }

  threshold load "Load of a release session" {
      on deploy, bash unless action.type == handoff
      given scores.load
      base 0.1
      factor tokens   60% = session.tokens / session.token_budget
      factor errors   40% = (count(session.list) + 2 * 3 - 1) / 3 else 0
      add 0.2 when description contains "all"
      subtract 5% when has project
      level normal    from  0%
      level critical  from 70% ask  because "Write the handoff document."
      unmeasured warn because "The session's tokens are not reported."
  }

  requirement database "Database changes are validated first" {
      on database_connect
      require CrossReferenceValidator within 20 messages and 30_000 tokens
      require pressure < critical else ask because "Too much."
  }

  monitor {
      component BoundaryEnforcer stale after 20 messages or 30_000 tokens
      checkpoints 25%, 50%, 75% of 200_000 tokens
      report every 20 messages or 40_000 tokens
  }

  waive inst_025 on bash
      when not command ends with "--dry-run"
      from 2026-07-01 until 2026-12-31
      because "Dry runs change nothing." approved by "platform-leads", "security"

  test "the usual default is refused and corrected" {
      given { facts.environment: dev, at: 2026-01-02T03:04:05+01:00 }
      action database_connect { host: "localhost", port: 27017, flags: [true, false] }
      expect deny by inst_042, acme.platform.agency correcting { port: 27027 }
  }
  """#
