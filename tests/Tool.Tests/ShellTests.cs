namespace Sat.Tool.Tests;

/// <summary>The completion scripts in the shells that they are for, typed at where there is no other way.</summary>
[TestClass]
public sealed class ShellTests
{
    /// <summary>Typed so far, and what is expected of the shell.</summary>
    private static readonly (string Line, string[] Candidates)[] Lists =
    [
        ("dotnet-sat sweep a.yaml --preset ", ["dry", "small", "smoke", "paper"]),
        ("dotnet-sat run --method=sat", ["sat", "sat-sce", "sat-selective", "sat-ssl"]),
        ("dotnet sat run --method sa", ["sat", "sat-sce", "sat-selective", "sat-ssl"]),
        ("dotnet-sat sweep a.yaml --set method=by", ["byol", "byol-sat"]),
        ("dotnet-sat plugin show method/sat", ["method/sat", "method/sat-sce", "method/sat-selective", "method/sat-ssl"]),
    ];

    /// <summary>Typed so far, and what a tab makes of it.</summary>
    private static readonly (string Line, string Completed)[] Tabs =
    [
        ("dotnet-sat sw", "dotnet-sat sweep "),
        ("dotnet sat sw", "dotnet sat sweep "),
        ("dotnet sa", "dotnet sat "),
        ("dotnet other th", "dotnet other thing "),
        ("dotnet-sat sweep my-st", "dotnet-sat sweep my-study.yaml "),
        ("dotnet-sat report my-r", "dotnet-sat report my-runs/"),
        ("dotnet-sat sweep a.yaml --set method.al", "dotnet-sat sweep a.yaml --set method.alpha="),
        ("dotnet-sat sweep a.yaml --set deterministic=t", "dotnet-sat sweep a.yaml --set deterministic=true "),
        ("dotnet-sat sweep a.yaml --set dataset.path=my-r", "dotnet-sat sweep a.yaml --set dataset.path=my-runs/"),
        ("dotnet-sat sweep 'a b.yaml' --pres", "dotnet-sat sweep 'a b.yaml' --preset "),
    ];

    [TestMethod]
    public async Task Bash_completes()
    {
        using var workshop = Prepare("bash");
        using var bash = Pty.Start(workshop, "bash --norc --noprofile -i");
        bash.Type("PS1='$ '\nbind 'set enable-bracketed-paste off'\n");
        bash.Type("""bind -x '"\C-x\C-p": printf "\nLINE<%s>END\n" "$READLINE_LINE"'""" + "\n");
        // What a user's own completion of 'dotnet' would be.
        bash.Type("_other() { COMPREPLY=($(compgen -W 'thing' -- \"$2\")); }; complete -F _other dotnet\n");
        bash.Type("eval \"$(dotnet-sat completion bash)\"; echo LOAD\"\"ED\n");
        await bash.Until("LOADED");
        foreach (var (line, candidates) in Lists)
        {
            // Meta-* puts all candidates into the line, without the part that bash takes for a word of its own.
            var typed = await Press(bash, line + "\e*");
            var stem = line[..(line.LastIndexOfAny([' ', '=']) + 1)];
            Assert.StartsWith(stem, typed);
            CollectionAssert.AreEquivalent(candidates, typed[stem.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries), typed);
        }
        foreach (var (line, completed) in Tabs)
            Assert.AreEqual(completed, await Press(bash, line + "\t"));
    }

    [TestMethod]
    public async Task Zsh_completes()
    {
        using var workshop = Prepare("zsh");
        using var zsh = Pty.Start(workshop, "zsh -f -i");
        zsh.Type("PS1='$ '; stty -echo; unset zle_bracketed_paste; setopt no_beep; autoload -U compinit; compinit -u -D\n");
        zsh.Type("_line() { print -r -- $'\\n'\"LINE<$BUFFER>\"END }; zle -N _line; bindkey '^X^P' _line; bindkey '^X^L' list-choices\n");
        zsh.Type("_other() { compadd thing }; compdef _other dotnet\n");
        zsh.Type("eval \"$(dotnet-sat completion zsh)\"; echo LOAD\"\"ED\n");
        await zsh.Until("LOADED");
        foreach (var (line, completed) in Tabs)
            Assert.AreEqual(completed, await Press(zsh, line + "\t"));
        foreach (var (line, candidates) in Lists)
        {
            // Several candidates are listed below the line.
            zsh.Type(line + "\x18\x0c\x18\x10");
            var screen = await zsh.Until("LINE<");
            await zsh.Until(">END");
            foreach (var candidate in candidates)
                Assert.Contains(candidate, screen);
            zsh.Type("\x15");
        }
    }

    [TestMethod]
    public async Task Fish_completes()
    {
        using var workshop = Prepare("fish");
        async Task<string[]> Complete(string line)
        {
            using var fish = workshop.Start(
                [
                    "fish",
                    "--no-config",
                    "-c",
                    "complete -c dotnet -n '__fish_seen_subcommand_from other' -f -a thing; dotnet-sat completion fish | source; complete -C $argv[1]",
                    line,
                ],
                workshop.Folder
            );
            var outcome = await Workshop.End(fish);
            Assert.AreEqual("", outcome.Error);
            return [.. outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')[0])];
        }

        foreach (var (line, candidates) in Lists)
        {
            CollectionAssert.AreEquivalent(Whole(line, candidates), await Complete(line), line);
        }
        foreach (var (line, completed) in Tabs)
            CollectionAssert.AreEqual(new[] { completed.TrimEnd().Split(' ')[^1] }, await Complete(line), line);
    }

    [TestMethod]
    public async Task PowerShell_completes()
    {
        using var workshop = Prepare("pwsh");
        var script = workshop.Write(
            "complete.ps1",
            """
            dotnet-sat completion pwsh | Out-String | Invoke-Expression
            foreach ($line in $args) {
                '== ' + $line
                (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | ForEach-Object { $_.CompletionText }
            }
            """
        );
        (string Line, string[] Words)[] lines =
        [
            .. Lists.Select(l => (l.Line, Whole(l.Line, l.Candidates))),
            .. Tabs.Where(t => !t.Line.StartsWith("dotnet other", StringComparison.Ordinal))
                .Select(t => (t.Line, new[] { t.Completed.TrimEnd().Split(' ')[^1] })),
            ("dotnet buil", ["build"]),
        ];
        using var pwsh = workshop.Start([Pwsh()!, "-NoProfile", "-NonInteractive", script, .. lines.Select(l => l.Line)], workshop.Folder);
        var outcome = await Workshop.End(pwsh);
        Assert.AreEqual(0, outcome.ExitCode, outcome.Error);
        var answers = outcome
            .Out.Split("== ", StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(a => a.Split('\n')[0], a => a.Split('\n')[1..]);
        foreach (var (line, words) in lines)
        {
            // PowerShell writes ./ before a file of the current folder, and no slash behind a folder.
            var found = answers[line].Select(w => w.Replace("./", "", StringComparison.Ordinal)).ToArray();
            foreach (var word in words)
                Assert.Contains(word.TrimEnd('/'), found, $"{line}: {string.Join(' ', found)}");
        }
    }

    /// <summary>The tool on the path, as an installed one is; a study and a folder of runs to complete.</summary>
    private static Workshop Prepare(string shell)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("the shells are tried on Linux");
        if (shell == "pwsh" ? Pwsh() is null : Find(shell) is null)
            Assert.Inconclusive($"needs {shell}, which this machine does not have");
        if (shell is "bash" or "zsh" && Find("script") is null)
            Assert.Inconclusive("needs script of util-linux to make a terminal, which this machine does not have");
        var workshop = new Workshop();
        workshop.WriteStudy("seed: [1]", "my-study");
        Directory.CreateDirectory(Path.Combine(workshop.Folder, "my-runs"));
        var bin = Directory.CreateDirectory(Path.Combine(workshop.Folder, "bin")).FullName;
        var tool = Path.Combine(bin, "dotnet-sat");
        File.WriteAllText(tool, $"#!/bin/sh\nexec {string.Join(' ', workshop.Program.Select(p => $"'{p}'"))} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        workshop.Variables["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
        workshop.Variables["HOME"] = workshop.Folder;
        workshop.Variables["TERM"] = "dumb";
        return workshop;
    }

    /// <summary>Candidates with what stands before them in the last word.</summary>
    private static string[] Whole(string line, string[] candidates)
    {
        var word = line.Split(' ')[^1];
        return [.. candidates.Select(c => c.Contains('/') ? c : word[..(word.LastIndexOf('=') + 1)] + c)];
    }

    /// <summary>Types, and asks for the line that became of it.</summary>
    private static async Task<string> Press(Pty shell, string keys)
    {
        shell.Type(keys + "\x18\x10");
        await shell.Until("LINE<");
        var line = await shell.Until(">END");
        shell.Type("\x15");
        return line;
    }

    private static string? Pwsh() =>
        Find("pwsh") ?? (Path.Combine(Places.Repository, "artifacts", "tools", "pwsh") is var local && File.Exists(local) ? local : null);

    private static string? Find(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
