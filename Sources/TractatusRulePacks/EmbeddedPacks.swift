// Generated from rules/tractatus by `UPDATE_PACKS=1 swift test --filter EmbeddedPacksTests`.

/// The files of the built-in packs.
enum EmbeddedPacks {
  static let files: [PackFile] = [
    PackFile(
      "tractatus/actions.tract", package: "tractatus.actions",
      sha256: "615dac4c9810c0bf745e013a8f1331a31242662debae2436ca3d26123b0ed2f3",
      #"""
      /// The common action types, and what the clients' tools are called.
      ///
      /// A package that uses this one writes its rules on these types; a client that names its tools
      /// otherwise gets a mapping from another package: `action tractatus.actions.bash { from tool "…" }`.
      policy tractatus.actions "Common action types" version "1.0.0"

      action bash "Run a shell command" {
          command:    command
          timeout:    number optional
          background: bool optional

          from tool "Bash" with background = run_in_background
          from tool "run_shell", "run_shell_command", "run_terminal_cmd", "execute_command", "shell",
                    "mcp__*__shell", "mcp__*__run_shell", "mcp__*__execute_command"
      }

      action read_file "Read a file" {
          path:   path
          offset: int optional
          limit:  int optional

          from tool "Read", "read_file", "mcp__*__read_file", "mcp__*__read_text_file" with path = file_path
          from tool "Read", "read_file", "mcp__*__read_file", "mcp__*__read_text_file"
      }

      action write_file "Write a whole file" {
          path:    path
          content: text

          from tool "Write", "write_file", "create_file", "mcp__*__write_file" with path = file_path
          from tool "Write", "write_file", "create_file", "mcp__*__write_file"
      }

      action edit_file "Change part of a file" {
          path:        path
          old_text:    text optional
          new_text:    text optional
          replace_all: bool optional

          from tool "Edit", "MultiEdit", "replace", "edit_file", "mcp__*__edit_file"
               with path = file_path, old_text = old_string, new_text = new_string
          from tool "NotebookEdit" with path = notebook_path, new_text = new_source
          from tool "edit_file", "mcp__*__edit_file"
      }

      action apply_patch "Apply a patch to files" {
          patch: text

          from tool "apply_patch" with patch = command
          from tool "apply_patch" with patch = input
          from tool "apply_patch"
      }

      action search_files "Search files by name or content" {
          pattern: text
          path:    path optional

          from tool "Glob", "Grep", "glob", "grep", "search_file_content", "mcp__*__search_files"
      }

      action http_request "Make a request over the network" {
          url:    url
          method: text optional
          body:   text optional

          from tool "WebFetch", "fetch", "http_request", "mcp__*__fetch", "mcp__*__http_request"
      }

      action web_search "Search the web" {
          query: text

          from tool "WebSearch", "web_search", "google_web_search", "mcp__*__web_search"
      }

      action delegate "Give work to another agent" {
          prompt: text
          agent:  text optional

          from tool "Agent", "Task" with agent = subagent_type
      }

      action database "Run a statement on a database" {
          statement: text
          database:  text optional

          from tool "mcp__*__query", "mcp__*__execute_sql", "mcp__*__run_query", "mcp__*__execute"
               with statement = query
          from tool "mcp__*__query", "mcp__*__execute_sql", "mcp__*__run_query", "mcp__*__execute"
               with statement = sql
          from tool "mcp__*__query", "mcp__*__execute_sql", "mcp__*__run_query", "mcp__*__execute"
      }

      action payment "Move money" {
          amount:    number
          currency:  text optional
          recipient: text optional

          from tool "mcp__*__create_payment", "mcp__*__create_charge", "mcp__*__transfer_funds"
      }

      action message "Send a message to people" {
          recipient: text optional
          body:      text optional

          from tool "mcp__*__send_message", "mcp__*__post_message" with recipient = channel, body = text
          from tool "mcp__*__send_email" with recipient = to
      }

      """#),
    PackFile(
      "tractatus/core.tract", package: "tractatus.core",
      sha256: "b269129589d112dd62d89eaba81583e1d6f375e338a066ca44dc5a43d09956cc",
      #"""
      /// The six services' defaults: components, boundaries, pressure, confidence, and what must have
      /// happened before a database changes. Every figure and word list is here, none is in code.
      policy tractatus.core "Core governance" version "1.0.0"

      use tractatus.actions

      monitor {
          component InstructionPersistenceClassifier    stale after 20 messages or 30_000 tokens
          component CrossReferenceValidator             stale after 20 messages or 30_000 tokens
          component BoundaryEnforcer                    stale after 20 messages or 30_000 tokens
          component ContextPressureMonitor              stale after 20 messages or 30_000 tokens
          component MetacognitiveVerifier               stale after 20 messages or 30_000 tokens
          component PluralisticDeliberationOrchestrator stale after 20 messages or 30_000 tokens
          checkpoints 25%, 50%, 75% of 200_000 tokens
          report every 20 messages or 40_000 tokens
      }

      // Pressure: how much of a session's room is used up.

      threshold pressure "Context pressure" {
          factor conversation 40% = session.messages / 60
          factor tokens       30% = session.tokens / session.token_budget
          factor tasks        15% = session.tasks / 5
          factor errors       10% = session.recent_errors / 3
          factor instructions  5% = session.instructions / 10

          level normal    from  0%
          level elevated  from 30% warn because "Pressure is elevated: verify more carefully."
          level high      from 50% warn
              because "Pressure is high: suggest a handoff, and verify before every major action."
          level critical  from 70% ask
              because "Pressure is critical: write the handoff document; start nothing complex."
          level dangerous from 85% deny
              because "Pressure is dangerous: halt and hand the session over."

          unmeasured warn because "The session's figures are not reported, so its pressure is not known."
      }

      // Confidence: how well a proposed action is reasoned. Given by the caller's verifier.

      threshold confidence "Metacognitive confidence" {
          factor alignment    25% = scores.alignment
          factor coherence    20% = scores.coherence
          factor completeness 20% = scores.completeness
          factor safety       20% = scores.safety
          factor alternatives 15% = scores.alternatives

          level blocked              from  0% deny because "Confidence is below 0.40: do not proceed."
          level require_review       from 40% ask  because "Confidence is below 0.60: a person reviews."
          level proceed_with_caution from 60% warn because "Confidence is below 0.80: name the gaps."
          level proceed              from 80%

          unmeasured allow because "No scores were given; a requirement that needs them says so."
      }

      // Boundaries: decisions that belong to people.

      /// Choices between values, which no calculation settles.
      let values_terms = [
          "privacy policy", "loosen * privacy", "relax * privacy", "weaken * privacy",
          "privacy or performance", "performance or privacy", "privacy or convenience",
          "convenience or privacy", "privacy vs performance", "privacy versus performance",
          "performance vs privacy", "performance versus privacy",
          "prioritise * privacy", "prioritize * privacy", "privacy over", "over privacy", "aggressive analytics",
          "is * ethical", "is * fair", "ethical trade off", "ethical tradeoff",
          "is * harmful", "harmful content", "cultural sovereignty", "culturally appropriate",
          "autonomy or safety", "safety or autonomy", "transparency or security",
          "security or transparency",
      ]

      /// What takes a choice from the people whom it concerns.
      let agency_terms = [
          "auto subscribe", "auto subscribing", "auto subscribes", "automatically subscribe", "automatically subscribing",
          "auto enroll", "auto enrol", "automatically enroll", "automatically enrol",
          "opt * out by default", "opt * in by default", "without * consent", "without asking * users",
          "on behalf of * users", "remove * opt out", "hide * opt out", "dark pattern", "dark patterns",
      ]

      /// What cannot be undone.
      let irreversible_terms = [
          "delete * user data", "deleting * user data", "delete * users data", "erase * user data",
          "purge * user data", "remove * user data permanently", "delete * customer data",
          "purge * customer data", "delete * production data", "drop * production database",
          "drop * production table", "permanently delete", "permanently deleting", "irreversible",
          "irreversibly", "delete * backups", "delete all backups",
      ]

      boundary values "Section 12.1: values" {
          section: "12.1"
          domain:  values

          on any
          needs human judgment
              when description mentions values_terms
              because "Chooses between values; that is for people to decide."
          offer "Research the standards and precedents that apply"
          offer "Analyse the impact of each option on the people concerned"
          offer "Document the options for the people who decide"

          deliberate {
              urgency: important
              tension "Privacy vs. performance"
              framework "Rights-based" holds "Privacy is owed to people and not traded for speed"
                  from [affected_users, privacy_advocates]
              framework "Consequentialist" holds "A faster service helps the many who use it"
                  from [product_team]
              review after 90 days
          }

          example ask   {} given { description: "Update the privacy policy to prioritise performance" }
          example ask   {} given { description: "Decide: is this content harmful?" }
          example ask   {} given { description: "Should we put privacy or performance first?" }
          example allow {} given { description: "Sum the invoices of March" }
          example allow {} given { description: "Convert the CSV export to JSON" }
          example allow {} given { description: "Check the firewall rule for port 443" }
          example allow {} given { description: "Render the total as a right-aligned column" }
      }

      boundary agency "Section 12.2: user agency" {
          section: "12.2"
          domain:  user_agency

          on any
          needs human judgment
              when description mentions agency_terms
              because "Determines how much control users have."
          offer "Research how comparable services ask for consent"
          offer "Analyse the impact on users' control"
          offer "Document an opt-in alternative"

          example ask   {} given { description: "Auto-subscribe all users to the newsletter" }
          example ask   {} given { description: "Share contacts without their consent" }
          example allow {} given { description: "Add a subscribe button to the settings page" }
      }

      boundary irreversible "Section 12.3: irreversible consequences" {
          section: "12.3"
          domain:  irreversible

          on any
          needs human approval
              when description mentions irreversible_terms
              because "Cannot be undone once it is done."
          check "Backup exists?"
          check "Legal requirements met?"
          check "User consent obtained?"

          example ask   {} given { description: "Delete all user data older than 30 days" }
          example ask   {} given { description: "Drop the production database" }
          example allow {} given { description: "Delete the temporary build folder" }
      }

      // Requirements: what must have happened before.

      requirement database_change "Database changes are validated first" {
          on database
          require CrossReferenceValidator within 20 messages and 30_000 tokens
              because "The change has not been compared with the instructions recently."
          require BoundaryEnforcer within 20 messages and 30_000 tokens
              because "The change has not been compared with the boundaries recently."
          require pressure < critical
              because "The session's pressure is critical or not known."
      }

      test "a fresh session's database change fails" {
          given {
              session.messages: 1, session.tokens: 1_000, session.token_budget: 200_000, session.tasks: 1,
              session.recent_errors: 0, session.instructions: 0, components: {}
          }
          action database { statement: "UPDATE users SET active = false" }
          expect deny by database_change
      }

      test "a validated database change passes" {
          given {
              session.messages: 5, session.tokens: 9_000, session.token_budget: 200_000, session.tasks: 1,
              session.recent_errors: 0, session.instructions: 0,
              components.CrossReferenceValidator: { message: 4, tokens: 8_000 },
              components.BoundaryEnforcer: { message: 4, tokens: 8_000 }
          }
          action database { statement: "UPDATE users SET active = false WHERE id = 7" }
          expect allow
      }

      test "pressure just below 0.30 is normal" {
          given {
              session.messages: 44, session.tokens: 0, session.token_budget: 200_000, session.tasks: 0,
              session.recent_errors: 0, session.instructions: 0
          }
          action bash { command: "ls" }
          expect allow
      }

      test "pressure of 0.30 is elevated" {
          given {
              session.messages: 45, session.tokens: 0, session.token_budget: 200_000, session.tasks: 0,
              session.recent_errors: 0, session.instructions: 0
          }
          action bash { command: "ls" }
          expect warn by pressure
      }

      test "pressure just below 0.50 still warns" {
          given {
              session.messages: 60, session.tokens: 66_000, session.token_budget: 200_000,
              session.tasks: 0, session.recent_errors: 0, session.instructions: 0
          }
          action bash { command: "ls" }
          expect warn by pressure
      }

      test "pressure just below 0.70 does not ask" {
          given {
              session.messages: 60, session.tokens: 199_999, session.token_budget: 200_000,
              session.tasks: 0, session.recent_errors: 0, session.instructions: 0
          }
          action bash { command: "ls" }
          expect warn by pressure
      }

      test "pressure of 0.70 is critical" {
          given {
              session.messages: 60, session.tokens: 200_000, session.token_budget: 200_000,
              session.tasks: 0, session.recent_errors: 0, session.instructions: 0
          }
          action bash { command: "ls" }
          expect ask by pressure
      }

      test "pressure just below 0.85 does not deny" {
          given {
              session.messages: 60, session.tokens: 199_999, session.token_budget: 200_000,
              session.tasks: 5, session.recent_errors: 0, session.instructions: 0
          }
          action bash { command: "ls" }
          expect ask by pressure
      }

      test "pressure of 0.85 is dangerous" {
          given {
              session.messages: 60, session.tokens: 200_000, session.token_budget: 200_000,
              session.tasks: 5, session.recent_errors: 0, session.instructions: 0
          }
          action bash { command: "ls" }
          expect deny by pressure
      }

      test "the worked example of confidence proceeds with caution" {
          given {
              session.messages: 1, session.tokens: 0, session.token_budget: 200_000, session.tasks: 0,
              session.recent_errors: 0, session.instructions: 0,
              scores.alignment: 0.85, scores.coherence: 0.75, scores.completeness: 0.45,
              scores.safety: 0.9, scores.alternatives: 0.5
          }
          action bash { command: "ls" }
          expect warn by confidence
      }

      """#),
  ]
}
