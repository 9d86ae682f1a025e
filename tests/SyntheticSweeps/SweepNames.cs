namespace Sat.SyntheticSweeps;

/// <summary>What the things of a made-up sweep are called.</summary>
/// <param name="Name">Makes a name of a plain one; different for different ones.</param>
/// <param name="Remark">Makes a sentence of a plain one.</param>
/// <param name="Classes">Names of the ten classes.</param>
public sealed record SweepNames(Func<string, string> Name, Func<string, string> Remark, IReadOnlyList<string> Classes)
{
    private static readonly string[] Snares =
    [
        "<script>window.snared = 1</script>",
        "\"><img src=x onerror=\"window.snared = 1\">",
        "'><svg onload='window.snared = 1'>",
        "</style></title></textarea><script>window.snared = 1</script>",
        "]]><!-- <iframe src=\"javascript:parent.snared = 1\">",
        "<base href=\"http://snare.example/\"><link rel=stylesheet href=http://snare.example/a.css>",
        "<meta http-equiv=refresh content=\"0;url=http://snare.example/\">",
        "</td></tr></table></details></main><h1>snare</h1>",
        "url(http://snare.example/b.png);} @import 'http://snare.example/c.css'; {",
        "{{ report.title }}{% raw %}${snare}",
        "&lt;b&gt;&amp;&#39;",
        "|`*_[a](javascript:window.snared=1)~#\\",
        "\u202Etxt.erans\u202C \u2067rtl\u2069 \u05E9\u05DC\u05D5\u05DD \u200F",
        "\u0000\u0007\u001B[31m\u007F\u0085",
        new string('w', 300),
        "👩🏽‍🔬🇦🇶 \u0301\u0301\u0301\u0301 \uFFFF",
        "=HYPERLINK(\"http://snare.example\")",
    ];

    /// <summary>Names that a person would choose.</summary>
    public static SweepNames Plain { get; } =
        new(name => name, remark => remark, ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]);

    /// <summary>Names made of markup, script, templates, control characters, scripts that run from right to left, and words wider than a
    /// page.</summary>
    public static SweepNames Hostile { get; } = new(Baited, Baited, [.. Enumerable.Range(0, 10).Select(i => Snares[i])]);

    /// <summary>A snare that depends on the name alone.</summary>
    private static string Baited(string name) => $"{name} {Snares[name.Sum(c => c) % Snares.Length]}";
}
