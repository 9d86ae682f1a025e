using System.CommandLine;

namespace Sat.Tool.Completion;

/// <summary>
/// Finds what stands at the end of a half-typed command line. System.CommandLine's own search takes an empty word for a
/// value that was given, offers an argument again that was, and throws at <c>--option=</c>.
/// </summary>
internal sealed class Completer
{
    private readonly RootCommand _root;
    private readonly IReadOnlyList<string> _words;
    private readonly List<Command> _commands;
    private readonly HashSet<Option> _given = [];
    private Option? _waiting;
    private int _arguments;
    private bool _onlyArguments;

    private Completer(RootCommand root, IReadOnlyList<string> words)
    {
        _root = root;
        _words = words;
        _commands = [root];
        foreach (var word in words.SkipLast(1))
            Pass(word);
    }

    private Command Command => _commands[^1];

    /// <summary>Completes the last word.</summary>
    /// <param name="root">All commands.</param>
    /// <param name="words">The words after the tool's name, up to the one to complete, which may be empty.</param>
    public static CompletionAnswer Complete(RootCommand root, IReadOnlyList<string> words) =>
        new Completer(root, words.Count == 0 ? [""] : words).Answer();

    private void Pass(string word)
    {
        if (_waiting is not null)
        {
            _waiting = null;
        }
        else if (!_onlyArguments && word == "--")
        {
            _onlyArguments = true;
        }
        else if (!_onlyArguments && word.StartsWith('-'))
        {
            var name = word.Split('=', 2)[0];
            if (Options().FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name)) is not { } option)
                return;
            _given.Add(option);
            if (TakesValue(option) && name == word)
                _waiting = option;
        }
        else if (_arguments == 0 && Command.Subcommands.FirstOrDefault(c => c.Name == word || c.Aliases.Contains(word)) is { } command)
        {
            _commands.Add(command);
        }
        else
        {
            _arguments++;
        }
    }

    private CompletionAnswer Answer()
    {
        var word = _words[^1];
        if (_waiting is { } option)
            return Values(option, "", word);
        if (!_onlyArguments && word.StartsWith('-'))
        {
            if (word.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals))
                return new CompletionAnswer(ShellPart.Nothing, OptionNames(word));
            return Options().FirstOrDefault(o => o.Name == word[..equals] && TakesValue(o)) is { } named
                ? Values(named, word[..(equals + 1)], word[(equals + 1)..])
                : new CompletionAnswer(ShellPart.Nothing, []);
        }
        var argument =
            Command.Arguments.Count == 0
                ? null
                : Command.Arguments.ElementAtOrDefault(_arguments)
                    ?? (Command.Arguments[^1].Arity.MaximumNumberOfValues > 1 ? Command.Arguments[^1] : null);
        if (argument is not null)
            return Values(argument, "", word);
        var commands =
            _arguments > 0
                ? []
                : Command
                    .Subcommands.Where(c => !c.Hidden && c.Name.StartsWith(word, StringComparison.Ordinal))
                    .Select(c => (c.Name, Line(c.Description)))
                    .ToArray();
        // Where nothing else can follow, an empty word asks for the options.
        return new CompletionAnswer(ShellPart.Nothing, commands.Length > 0 || word.Length > 0 ? commands : OptionNames(word));
    }

    private CompletionAnswer Values(Symbol symbol, string prefix, string word)
    {
        var context = _root.Parse([.. _words], new ParserConfiguration { ResponseFileTokenReplacer = null }).GetCompletionContext();
        var items = symbol.GetCompletions(context).ToArray();
        return new CompletionAnswer(
            items.Any(i => i.Kind == Candidates.FileKind) ? ShellPart.Files : PartOf(symbol),
            [
                .. items
                    .Where(i => i.Kind != Candidates.FileKind && i.Label.StartsWith(word, StringComparison.Ordinal))
                    .Select(i => (prefix + i.Label, Line(i.Detail))),
            ]
        );
    }

    /// <summary>A value that the help calls a file or a folder is one.</summary>
    private static ShellPart PartOf(Symbol symbol) =>
        ((symbol as Option)?.HelpName ?? symbol.Name) switch
        {
            "FILE" or "STUDY" or "PATH" => ShellPart.Files,
            "DIR" => ShellPart.Folders,
            _ => ShellPart.Nothing,
        };

    private (string, string)[] OptionNames(string word) =>
        [
            .. Options()
                .Where(o =>
                    !o.Hidden
                    && o.Name.StartsWith(word, StringComparison.Ordinal)
                    && (o.Arity.MaximumNumberOfValues > 1 || !_given.Contains(o))
                )
                .Select(o => (o.Name, Line(o.Description))),
        ];

    private IEnumerable<Option> Options() =>
        Command.Options.Concat(_commands.SkipLast(1).SelectMany(c => c.Options.Where(o => o.Recursive)));

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    /// <summary>One line, for a list of candidates.</summary>
    private static string Line(string? text) => (text ?? "").ReplaceLineEndings(" ").Replace('\t', ' ');
}
