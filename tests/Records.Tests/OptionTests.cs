using System.Text.Json.Nodes;
using Sat.Records.Json;
using Sat.Records.Options;
using Sat.Records.Settings;

namespace Sat.Records.Tests;

[TestClass]
public class OptionTests
{
    public enum Redraw
    {
        AllClasses,
        OtherClasses,
    }

    public sealed record EveryKind
    {
        [Option("Epoch at which it begins", Min = 0)]
        public int StartEpoch { get; init; } = 60;

        [Option("A count")]
        public long Count { get; init; } = 5;

        [Option("Momentum of the targets", Min = 0, Max = 1, BelowMax = true)]
        public double Alpha { get; init; } = 0.9;

        [Option("Learning rate", Min = 0, AboveMin = true)]
        public double? Rate { get; init; }

        [Option("Nesterov's form")]
        public bool Nesterov { get; init; } = true;

        [Option("Any text")]
        public string Note { get; init; } = "none";

        [Option("What is redrawn")]
        public Redraw Redraw { get; init; } = Redraw.OtherClasses;

        [Option("Where it lies", IsPath = true)]
        public string? Path { get; init; }

        [Option("Epochs of the steps", Min = 1)]
        public int[] Milestones { get; init; } = [40, 80];

        [Option("Factors", Min = 0, Max = 1)]
        public double[] Factors { get; init; } = [];

        [Option("Names")]
        public string[] Names { get; init; } = [];

        [Option("Depth", Min = 10, MultipleOf = 6, Remainder = 4)]
        public int Depth { get; init; } = 28;

        [Option("Side", Min = 1, DivisorOf = 96, AtMost = "depth")]
        public int Side { get; init; } = 24;

        [Option("Rates", NotEmpty = true)]
        public double[] Rates { get; init; } = [0.1];

        public int Derived => StartEpoch + 1;
    }

    public sealed record Needy
    {
        [Option("Radius of the attack, of the pixel range", Required = true)]
        public double Epsilon { get; init; }
    }

    private static readonly SourceLocation Here = new("study.yaml", 7);
    private static readonly IReadOnlyList<OptionSchema> Schemas = OptionRecords.For<EveryKind>().Schemas();

    [TestMethod]
    public void The_record_is_the_one_declaration_of_its_options()
    {
        Assert.AreEqual(
            "start-epoch=60 count=5 alpha=0.9 rate= nesterov=true note=none redraw=other-classes path= milestones=[40,80] factors=[] names=[] depth=28 side=24 rates=[0.1]",
            string.Join(
                ' ',
                Schemas.Select(s =>
                    $"{s.Name}={(s.Default is JsonValue v && v.TryGetValue<string>(out var t) ? t : s.Default is null ? "" : CanonicalJson.Write(s.Default))}"
                )
            )
        );
        CollectionAssert.AreEqual(
            new[]
            {
                OptionKind.Integer,
                OptionKind.Integer,
                OptionKind.Number,
                OptionKind.Number,
                OptionKind.Boolean,
                OptionKind.Text,
                OptionKind.Choice,
                OptionKind.Path,
                OptionKind.IntegerList,
                OptionKind.NumberList,
                OptionKind.TextList,
                OptionKind.Integer,
                OptionKind.Integer,
                OptionKind.NumberList,
            },
            Schemas.Select(s => s.Kind).ToArray()
        );
        Assert.AreEqual("Momentum of the targets", Schemas[2].Description);
        Assert.AreEqual("all-classes | other-classes", Schemas[6].Range());
    }

    [TestMethod]
    [DataRow("start-epoch", "integer >= 0")]
    [DataRow("count", "integer")]
    [DataRow("alpha", "number in [0, 1)")]
    [DataRow("rate", "number > 0")]
    [DataRow("nesterov", "true | false")]
    [DataRow("note", "text")]
    [DataRow("path", "path")]
    [DataRow("milestones", "integers >= 1")]
    [DataRow("factors", "numbers in [0, 1]")]
    [DataRow("names", "texts")]
    [DataRow("depth", "integer >= 10, 4 more than a multiple of 6")]
    [DataRow("side", "integer >= 1, a divisor of 96, at most 'depth'")]
    [DataRow("rates", "numbers, at least one")]
    public void The_range_of_an_option_is_told_in_words(string option, string range) =>
        Assert.AreEqual(range, Schemas.Single(s => s.Name == option).Range());

    [TestMethod]
    public void Without_a_word_every_option_has_its_default()
    {
        var bound = Bind();
        Assert.AreEqual(
            """{"alpha":0.9,"count":5,"depth":28,"factors":[],"milestones":[40,80],"names":[],"nesterov":true,"note":"none","rates":[0.1],"redraw":"other-classes","side":24,"start-epoch":60}""",
            CanonicalJson.Write(bound.Options)
        );
        Assert.AreEqual(SatJson.Write(new EveryKind()), SatJson.Write(OptionRecords.For<EveryKind>().Create(bound.Options)));
    }

    [TestMethod]
    public void Every_kind_is_bound_and_reaches_the_record_typed()
    {
        var bound = Bind(
            ("id", One("sat")),
            ("start-epoch", One("1e2")),
            ("count", One("9007199254740991")),
            ("alpha", One("0.70")),
            ("rate", One("5e-4")),
            ("nesterov", One("false")),
            ("note", One("0.10")),
            ("redraw", One("all-classes")),
            ("milestones", Several("25", "50")),
            ("factors", One("0.5")),
            ("names", Several("cat", "7"))
        );
        Assert.AreEqual(
            """{"alpha":0.7,"count":9007199254740991,"depth":28,"factors":[0.5],"milestones":[25,50],"names":["cat","7"],"nesterov":false,"note":"0.10","rate":0.0005,"rates":[0.1],"redraw":"all-classes","side":24,"start-epoch":100}""",
            CanonicalJson.Write(bound.Options)
        );
        var record = OptionRecords.For<EveryKind>().Create(bound.Options);
        Assert.AreEqual(100, record.StartEpoch);
        Assert.AreEqual(0.0005, record.Rate);
        Assert.AreEqual(Redraw.AllClasses, record.Redraw);
        CollectionAssert.AreEqual(new[] { 25, 50 }, record.Milestones);
        CollectionAssert.AreEqual(new[] { 0.5 }, record.Factors);
        CollectionAssert.AreEqual(new[] { "cat", "7" }, record.Names);
    }

    [TestMethod]
    [DataRow("true", true)]
    [DataRow("True", true)]
    [DataRow("TRUE", true)]
    [DataRow("false", false)]
    [DataRow("False", false)]
    [DataRow("FALSE", false)]
    public void Booleans_are_those_of_YAML(string text, bool value) =>
        Assert.AreEqual(value, Bind(("nesterov", One(text))).Options["nesterov"]!.GetValue<bool>());

    [TestMethod]
    public void A_tilde_is_the_home_folder_where_it_is_the_first_part()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string Bound(string path, SourceLocation at) => Bind(("path", new ScalarSetting(path, at))).Paths["path"];
        foreach (var at in new[] { new SourceLocation("/studies/mine/study.yaml", 3), new SourceLocation("--set") })
        {
            Assert.AreEqual(Path.Combine(home, "data", "a.npz"), Bound("~/data/a.npz", at));
            Assert.AreEqual(home, Bound("~", at));
        }
        Assert.AreEqual("/studies/mine/~a", Bound("~a", new SourceLocation("/studies/mine/study.yaml", 3)), "somebody's file");
        Assert.AreEqual("/studies/mine/b/~/a", Bound("b/~/a", new SourceLocation("/studies/mine/study.yaml", 3)));
    }

    [TestMethod]
    public void A_path_is_relative_to_the_file_it_stands_in_and_no_part_of_the_options()
    {
        var inFile = Bind(("path", new ScalarSetting("data/labels.csv", new SourceLocation("/studies/mine/study.yaml", 3))));
        Assert.AreEqual(Path.GetFullPath("/studies/mine/data/labels.csv"), inFile.Paths["path"]);
        Assert.IsFalse(inFile.Options.ContainsKey("path"));
        var onCommandLine = Bind(("path", new ScalarSetting("labels.csv", new SourceLocation("--set"))));
        Assert.AreEqual(Path.GetFullPath("labels.csv"), onCommandLine.Paths["path"]);
        Assert.AreEqual(
            "/d",
            OptionRecords.For<EveryKind>().Create(inFile.Options, new Dictionary<string, string> { ["path"] = "/d" }).Path
        );
    }

    [TestMethod]
    [DataRow(
        "alpah",
        "0.7",
        "study.yaml:7: method 'sat' has no option 'alpah'. Did you mean 'alpha'? Its options are start-epoch, count, alpha, rate, nesterov, note, redraw, path, milestones, factors, names, depth, side, rates."
    )]
    [DataRow("alpha", "1", "study.yaml:7: method 'sat': 'alpha' must be a number in [0, 1), but is '1'")]
    [DataRow("alpha", "-0.1", "study.yaml:7: method 'sat': 'alpha' must be a number in [0, 1), but is '-0.1'")]
    [DataRow("alpha", "NaN", "study.yaml:7: method 'sat': 'alpha' must be a number in [0, 1), but is 'NaN'")]
    [DataRow("alpha", "0,5", "study.yaml:7: method 'sat': 'alpha' must be a number in [0, 1), but is '0,5'")]
    [DataRow("rate", "0", "study.yaml:7: method 'sat': 'rate' must be a number > 0, but is '0'")]
    [DataRow("rate", "Infinity", "study.yaml:7: method 'sat': 'rate' must be a number > 0, but is 'Infinity'")]
    [DataRow("start-epoch", "1.5", "study.yaml:7: method 'sat': 'start-epoch' must be an integer >= 0, but is '1.5'")]
    [DataRow("start-epoch", "-1", "study.yaml:7: method 'sat': 'start-epoch' must be an integer >= 0, but is '-1'")]
    [DataRow(
        "start-epoch",
        "3000000000",
        "study.yaml:7: method 'sat': 'start-epoch' must be an integer >= 0, but is '3000000000', which is too large"
    )]
    [DataRow(
        "count",
        "9007199254740992",
        "study.yaml:7: method 'sat': 'count' must be an integer, but is '9007199254740992', which is too large"
    )]
    [DataRow(
        "count",
        "-9223372036854775808",
        "study.yaml:7: method 'sat': 'count' must be an integer, but is '-9223372036854775808', which is too large"
    )]
    [DataRow("nesterov", "yes", "study.yaml:7: method 'sat': 'nesterov' must be true or false, but is 'yes': write true")]
    [DataRow("nesterov", "Off", "study.yaml:7: method 'sat': 'nesterov' must be true or false, but is 'Off': write false")]
    [DataRow("nesterov", "maybe", "study.yaml:7: method 'sat': 'nesterov' must be true or false, but is 'maybe'")]
    [DataRow(
        "redraw",
        "all-clases",
        "study.yaml:7: method 'sat': 'redraw' must be one of all-classes, other-classes, but is 'all-clases'. Did you mean 'all-classes'?"
    )]
    [DataRow("path", "", "study.yaml:7: method 'sat': 'path' takes one path")]
    [DataRow("milestones", "0", "study.yaml:7: method 'sat': 'milestones' must be integers >= 1, but is '0'")]
    [DataRow("depth", "29", "study.yaml:7: method 'sat': 'depth' must be an integer >= 10, 4 more than a multiple of 6, but is '29'")]
    [DataRow("side", "36", "study.yaml:7: method 'sat': 'side' must be an integer >= 1, a divisor of 96, at most 'depth', but is '36'")]
    [DataRow("factors", "many", "study.yaml:7: method 'sat': 'factors' must be numbers in [0, 1], but is 'many'")]
    public void What_cannot_be_bound_is_told_with_its_place_and_what_would_do(string option, string text, string message)
    {
        var problems = new List<Problem>();
        var bound = OptionBinder.Bind("method 'sat'", Schemas, Map((option, One(text))), problems);
        Assert.AreEqual(message, problems.Single().ToString());
        Assert.IsFalse(bound.Options[option] is { } value && value.ToString() == text);
    }

    [TestMethod]
    [DataRow("28", "24", null)]
    [DataRow("16", "16", null)]
    [DataRow("16", "32", "'side' is 32, but must not exceed 'depth', which is 16")]
    [DataRow(null, "32", "'side' is 32, but must not exceed 'depth', which is 28")]
    [DataRow("10", null, "'side' is 24, but must not exceed 'depth', which is 10")]
    public void A_value_that_another_bounds_is_compared_with_it_whichever_is_given(string? depth, string? side, string? message)
    {
        var given = new List<(string, Setting)>();
        if (depth is not null)
            given.Add(("depth", One(depth)));
        if (side is not null)
            given.Add(("side", One(side)));
        var problems = new List<Problem>();
        OptionBinder.Bind("method 'sat'", Schemas, Map([.. given]), problems);
        Assert.AreEqual(message is null ? null : $"study.yaml:7: method 'sat': {message}", problems.SingleOrDefault()?.ToString());
    }

    [TestMethod]
    public void A_list_that_needs_a_value_is_refused_when_empty()
    {
        var problems = new List<Problem>();
        OptionBinder.Bind("method 'sat'", Schemas, Map(("rates", Several()), ("factors", Several())), problems);
        Assert.AreEqual(
            "study.yaml:7: method 'sat': 'rates' must be numbers, at least one, but is an empty list",
            problems.Single().ToString()
        );
    }

    [TestMethod]
    public void A_list_or_a_map_where_one_value_belongs_is_told_so()
    {
        var problems = new List<Problem>();
        OptionBinder.Bind(
            "method 'sat'",
            Schemas,
            Map(("alpha", Several("0.1", "0.2")), ("note", Map()), ("milestones", Several("1", "x"))),
            problems
        );
        CollectionAssert.AreEqual(
            new[]
            {
                "study.yaml:7: method 'sat': 'alpha' must be a number in [0, 1), but is a list",
                "study.yaml:7: method 'sat': 'note' must be a text, but is a map",
                "study.yaml:7: method 'sat': 'milestones' must be integers >= 1, but is 'x'",
            },
            problems.Select(p => p.ToString()).ToArray()
        );
    }

    [TestMethod]
    public void Every_error_is_found_not_only_the_first()
    {
        var problems = new List<Problem>();
        OptionBinder.Bind("method 'sat'", Schemas, Map(("alpha", One("2")), ("nesterov", One("maybe")), ("colour", One("red"))), problems);
        Assert.HasCount(3, problems);
    }

    [TestMethod]
    public void A_required_option_is_asked_for_with_its_description()
    {
        var problems = new List<Problem>();
        OptionBinder.Bind("method 'pgd'", OptionRecords.For<Needy>().Schemas(), Map(), problems);
        Assert.AreEqual(
            "study.yaml:7: method 'pgd' needs the option 'epsilon': Radius of the attack, of the pixel range",
            problems.Single().ToString()
        );
    }

    [TestMethod]
    public void A_component_without_options_says_so()
    {
        var problems = new List<Problem>();
        OptionBinder.Bind(
            "method 'erm'",
            OptionRecords.For<NoOptions>().Schemas(),
            Map(("id", One("erm")), ("alpha", One("0.9"))),
            problems,
            "id"
        );
        Assert.AreEqual("study.yaml:7: method 'erm' has no option 'alpha'. It has no options.", problems.Single().ToString());
    }

    private static BoundOptions Bind(params (string Name, Setting Value)[] entries)
    {
        var problems = new List<Problem>();
        var bound = OptionBinder.Bind("method 'sat'", Schemas, Map(entries), problems, "id");
        Assert.IsEmpty(problems);
        return bound;
    }

    private static MapSetting Map(params (string Name, Setting Value)[] entries) =>
        new([.. entries.Select(e => new MapEntry(e.Name, e.Value, Here))], Here);

    private static ScalarSetting One(string text) => new(text, Here);

    private static ListSetting Several(params string[] texts) => new([.. texts.Select(One)], Here);
}
