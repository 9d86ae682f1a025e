using Sat.Records;
using Sat.Records.Settings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sat.Yaml;

/// <summary>Reads YAML into settings that know their lines. Anchors, aliases and merge keys (<c>&lt;&lt;</c>) are resolved.</summary>
public sealed class YamlReader
{
    /// <summary>Bounds what aliases may blow up to, and how deep settings may lie.</summary>
    private const int MaxSettings = 200_000;
    private const int MaxDepth = 64;

    private readonly string _file;
    private readonly string _text;
    private readonly bool _lines;
    private readonly Dictionary<string, (Setting Value, int Size)> _anchors = [];
    private IParser _parser = null!;
    private int _size;

    private YamlReader(string text, string file, bool lines)
    {
        _text = text;
        _file = file;
        _lines = lines;
    }

    /// <summary>Reads one YAML document, a map.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its path, as the person named it.</param>
    /// <param name="kind">What it should be, for messages.</param>
    /// <exception cref="SatException">It is no such document (exit code 2).</exception>
    public static MapSetting Read(string text, string file, YamlKind kind)
    {
        var reader = new YamlReader(text, file, lines: true);
        return reader.Document() switch
        {
            null or ScalarSetting { Text: "" } => throw reader.Wrong($"the file is empty. {kind.Remedy}", 1),
            MapSetting map => map,
            var other => throw reader.Wrong($"{kind.Noun} is a map of names to values, such as '{kind.Example}'", other.At!.Line!.Value),
        };
    }

    /// <summary>Reads one YAML value, as given on the command line.</summary>
    /// <param name="text">The value; nothing is the empty text.</param>
    /// <param name="source">Where it was given, such as <c>--set</c>.</param>
    /// <exception cref="SatException">It is no YAML value (exit code 2).</exception>
    public static Setting ReadValue(string text, string source) =>
        new YamlReader(text, source, lines: false).Document() ?? new ScalarSetting("", new SourceLocation(source));

    private Setting? Document()
    {
        try
        {
            _parser = new Parser(new StringReader(_text));
            _parser.Consume<StreamStart>();
            if (_parser.Accept<StreamEnd>(out _))
                return null;
            _parser.Consume<DocumentStart>();
            var value = Value(0);
            _parser.Consume<DocumentEnd>();
            if (_parser.Accept<DocumentStart>(out var second))
                throw Wrong("a second YAML document begins here. Put each into a file of its own", Line(second.Start));
            _parser.Consume<StreamEnd>();
            return value;
        }
        catch (YamlException e)
        {
            throw Malformed(e.Message, Line(e.Start), e);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // A tag, an anchor or an escape that the parser's own values refuse.
            throw Malformed(e.Message.Split(" (Parameter")[0], Line(_parser.Current?.End ?? Mark.Empty), e);
        }
        catch (InvalidOperationException e)
        {
            // The parser's way to say that a flow collection is not closed where the next line begins.
            throw Malformed("a bracket, brace or quote is not closed", Line(_parser.Current?.End ?? Mark.Empty), e);
        }
    }

    private SatException Malformed(string reason, int line, Exception inner)
    {
        var lines = _text.TrimEnd().Split('\n');
        line = Math.Min(line, lines.Length);
        // The parser tells where the map begins that the tab breaks.
        var tab = Array.FindIndex(lines, line - 1, text => text.TrimStart(' ').StartsWith('\t'));
        return reason.Contains("tab", StringComparison.Ordinal) && tab >= 0
            ? Wrong("this line is indented by a tab. YAML needs spaces", tab + 1, inner)
            : Wrong($"this is not well-formed YAML: {Plainly(reason)}", line, inner);
    }

    /// <summary>The parser's commonest reasons, as a person would say them.</summary>
    private static string Plainly(string reason) =>
        reason switch
        {
            _ when reason.Contains("',' or ']'", StringComparison.Ordinal) => "a list opened by '[' lacks a ',' or its ']' here",
            _ when reason.Contains("',' or '}'", StringComparison.Ordinal) => "a map opened by '{' lacks a ',' or its '}' here",
            _ when reason.Contains("unexpected end of stream", StringComparison.Ordinal) => "a quote is not closed",
            _ when reason.Contains("escape character", StringComparison.Ordinal) =>
                "a text in double quotes contains a '\\' that means nothing; in single quotes it stands for itself",
            _ when reason.Contains("cannot start any token", StringComparison.Ordinal) =>
                "a text that begins with a special character must be quoted",
            _ when reason.Contains("expected node content", StringComparison.Ordinal) =>
                "a value, or a closing ']' or '}', is missing here",
            _ when reason.Contains("expected key", StringComparison.Ordinal)
                    || reason.Contains("invalid mapping", StringComparison.Ordinal) =>
                "this line does not fit the lines above: check the indentation, and look for a missing ':' or a missing space after one",
            _ => reason.Trim().TrimEnd('.'),
        };

    private Setting Value(int depth)
    {
        var start = _parser.Current!;
        if (depth > MaxDepth)
            throw Wrong($"settings are nested deeper than {MaxDepth} levels here", Line(start.Start));
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!_anchors.TryGetValue(alias.Value.Value, out var named))
                throw Wrong($"there is no anchor '&{alias.Value.Value}' above this line", Line(alias.Start));
            Count(named.Size, alias);
            return named.Value;
        }

        if (start is not NodeEvent node)
            throw Wrong("this is not well-formed YAML: a value is missing before this place", Line(start.Start));
        var before = _size;
        Count(1, start);
        Setting value = start switch
        {
            Scalar scalar => new ScalarSetting(_parser.Consume<Scalar>().Value, At(start)) { IsQuoted = scalar.Style != ScalarStyle.Plain },
            SequenceStart => List(depth),
            _ => Map(depth),
        };
        if (!node.Anchor.IsEmpty)
            _anchors[node.Anchor.Value] = (value, _size - before);
        return value;
    }

    private ListSetting List(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<Setting>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(depth + 1));
        return new ListSetting(items, At(start));
    }

    private MapSetting Map(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<MapEntry>();
        var merged = new List<MapEntry>();
        var names = new Dictionary<string, SourceLocation?>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
                throw Wrong("a name must be a plain text, not a list or a map", Line(_parser.Current!.Start));
            var value = Value(depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                merged.AddRange(
                    (value is ListSetting list ? list.Items : [value]).SelectMany(v =>
                        v is MapSetting map
                            ? map.Entries
                            : throw Wrong("'<<' takes one or several maps, such as '<<: *common'", Line(key.Start))
                    )
                );
            }
            else if (names.TryAdd(key.Value, At(key)))
            {
                entries.Add(new MapEntry(key.Value, value, At(key)));
            }
            else
            {
                throw Wrong(
                    $"'{key.Value}' is given twice{(names[key.Value]?.Line is { } first ? $", first in line {first}" : "")}. Keep one",
                    Line(key.Start)
                );
            }
        }
        entries.AddRange(merged.Where(e => names.TryAdd(e.Name, null)));
        return new MapSetting(entries, At(start));
    }

    private void Count(int settings, ParsingEvent at)
    {
        _size += settings;
        if (_size > MaxSettings)
            throw Wrong($"the aliases up to here unfold to more than {MaxSettings} settings", Line(at.Start));
    }

    private SourceLocation At(ParsingEvent e) => _lines ? new(_file, Line(e.Start), (int)Math.Max(1, e.Start.Column)) : new(_file);

    private static int Line(Mark mark) => (int)Math.Max(1, mark.Line);

    private SatException Wrong(string message, int line, Exception? inner = null) =>
        new(ExitCode.Planning, message + ".", new SourceLocation(_file, _lines ? line : null), inner);
}
