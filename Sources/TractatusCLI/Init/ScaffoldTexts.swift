/// The texts of what `init` writes; `PACKAGE` stands for the package's name.
enum ScaffoldTexts {
  static let rules = """
    /// What agents may do in this repository. Rules only add: the packs below bring theirs, and the
    /// most severe verdict wins. `tractatus explain RULE` shows one, `tractatus lint --list` advises.
    policy PACKAGE "Rules for agents" version "0.1.0"

    use tractatus.actions          // the common action types, and every client's names for them
    use tractatus.shell            // what some 1,500 programs do, and rules on commands
    use tractatus.git              // shared history is not rewritten
    use tractatus.secrets          // keys and credentials stay unread
    use tractatus.self_protection  // an agent does not change its own guard

    /// Files that people change, or a generator.
    let kept_files = ["LICENSE", "**/migrations/**", "*.lock"]

    rule kept "Some files are changed by people" {
        on write_file, edit_file
        ask when path like kept_files because "{path} is changed by people."
        offer "Describe the change, and let a person make it."

        example ask   write_file { path: "/work/app/LICENSE", content: "" }
        example ask   edit_file { path: "/work/app/db/migrations/0001.sql" }
        example ask   edit_file { path: "/work/app/uv.lock" }
        example allow edit_file { path: "/work/app/src/main.c" }
    }

    /// An instruction is what someone said; its metadata decide how much it weighs.
    instruction releases "Releases are made by the pipeline" {
        persistence:  high
        verification: mandatory
        explicitness: 0.9

        on bash
        deny when command runs ["npm publish", "cargo publish", "twine upload"] without "--dry-run"
            because "The pipeline publishes what was reviewed."
        offer "Open a pull request, or try it with --dry-run."

        example deny  { command: "cd pkg && npm publish" }
        example deny  { command: "cargo publish" }
        example deny  { command: "twine upload dist/app.whl" }
        example allow { command: "npm publish --dry-run" }
    }

    """

  static let tests = """
    /// What a change to the rules must not break: each test judges an action by all of them.
    policy PACKAGE "Rules for agents" version "0.1.0"

    use tractatus.actions
    use tractatus.git

    test "a license is not changed on the way" {
        given { cwd: "/work/app", project: "/work/app" }
        action edit_file { path: "LICENSE" }
        expect ask by kept
    }

    test "sources are the agent's to change" {
        given { cwd: "/work/app", project: "/work/app" }
        action edit_file { path: "src/main.c" }
        expect allow
    }

    test "a release is not made by hand, however it is spelt" {
        given { cwd: "/work/app", project: "/work/app" }
        action bash { command: "cd pkg && env npm publish --access public" }
        expect deny by releases
    }

    test "the packs' rules hold, too" {
        given { cwd: "/work/app", project: "/work/app" }
        action bash { command: "git push --force origin main" }
        expect deny by history
    }

    """

  static let lint = """
    # What `tractatus lint` finds grave: RULE = off|note|warning|error, one a line.
    # `tractatus lint --list` lists the rules, `tractatus lint --explain RULE` explains one.
    missing-because = error

    """

  static let workflow = """
    # Checks every change to the rules for agents; findings show as annotations in the pull request.
    name: tractatus

    on:
      pull_request:
        paths: ["rules/**", ".tractatus-lint", ".github/workflows/tractatus.yml"]
      push:
        branches: [main]

    permissions:
      contents: read

    jobs:
      rules:
        runs-on: ubuntu-latest
        steps:
          - uses: actions/checkout@v4
            with:
              fetch-depth: 0  # for the comparison with the base branch
          # The static executable, from where your runners reach it: variables of the repository.
          - name: Install tractatus
            env:
              TRACTATUS_URL: ${{ vars.TRACTATUS_URL }}
              TRACTATUS_SHA256: ${{ vars.TRACTATUS_SHA256 }}
            run: |
              mkdir -p "$RUNNER_TEMP/bin"
              curl --fail --silent --show-error --location \\
                --output "$RUNNER_TEMP/bin/tractatus" "$TRACTATUS_URL"
              echo "$TRACTATUS_SHA256  $RUNNER_TEMP/bin/tractatus" | sha256sum --check
              chmod +x "$RUNNER_TEMP/bin/tractatus"
              echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
          - name: Check
            run: tractatus check --format github rules
          - name: Lint
            if: ${{ !cancelled() }}
            run: tractatus lint --format github rules
          - name: Format
            if: ${{ !cancelled() }}
            run: tractatus fmt --check rules
          - name: Test
            if: ${{ !cancelled() }}
            run: tractatus test --format github rules
          # What the change lets through: fails where an action is judged more mildly than before.
          - name: Compare
            if: ${{ !cancelled() && github.event_name == 'pull_request' }}
            env:
              BASE: ${{ github.event.pull_request.base.sha }}
            run: |
              tractatus diff --fail-on loosened --format markdown "$BASE..HEAD" \\
                >> "$GITHUB_STEP_SUMMARY"

    """

  static let preCommit = """
    # https://pre-commit.com: `pre-commit install` runs these before each commit that touches rules.
    repos:
      - repo: local
        hooks:
          - id: tractatus-check
            name: tractatus check
            entry: tractatus check rules
            language: system
            files: '\\.tract$'
            pass_filenames: false
          - id: tractatus-fmt
            name: tractatus fmt
            entry: tractatus fmt
            language: system
            files: '\\.tract$'
          - id: tractatus-lint
            name: tractatus lint
            entry: tractatus lint rules
            language: system
            files: '(\\.tract|\\.tractatus-lint)$'
            pass_filenames: false
          - id: tractatus-test
            name: tractatus test
            entry: tractatus test rules
            language: system
            files: '\\.tract$'
            pass_filenames: false

    """
}
