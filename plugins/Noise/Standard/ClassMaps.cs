using Sat.Records;

namespace Sat.Noise.Standard;

/// <summary>Which class is mistaken for which.</summary>
static class ClassMaps
{
    public const string Cifar10 = "cifar10";
    public const string Cifar100 = "cifar100";

    /// <summary>The pairs of arXiv 1609.03683, section 5.</summary>
    private static readonly string[] Cifar10Pairs = ["truck>automobile", "bird>airplane", "deer>horse", "cat>dog", "dog>cat"];

    /// <summary>The superclasses of CIFAR-100, each in the order of its classes' numbers.</summary>
    private static readonly string[][] Cifar100Superclasses =
    [
        ["beaver", "dolphin", "otter", "seal", "whale"],
        ["aquarium_fish", "flatfish", "ray", "shark", "trout"],
        ["orchid", "poppy", "rose", "sunflower", "tulip"],
        ["bottle", "bowl", "can", "cup", "plate"],
        ["apple", "mushroom", "orange", "pear", "sweet_pepper"],
        ["clock", "keyboard", "lamp", "telephone", "television"],
        ["bed", "chair", "couch", "table", "wardrobe"],
        ["bee", "beetle", "butterfly", "caterpillar", "cockroach"],
        ["bear", "leopard", "lion", "tiger", "wolf"],
        ["bridge", "castle", "house", "road", "skyscraper"],
        ["cloud", "forest", "mountain", "plain", "sea"],
        ["camel", "cattle", "chimpanzee", "elephant", "kangaroo"],
        ["fox", "porcupine", "possum", "raccoon", "skunk"],
        ["crab", "lobster", "snail", "spider", "worm"],
        ["baby", "boy", "girl", "man", "woman"],
        ["crocodile", "dinosaur", "lizard", "snake", "turtle"],
        ["hamster", "mouse", "rabbit", "shrew", "squirrel"],
        ["maple_tree", "oak_tree", "palm_tree", "pine_tree", "willow_tree"],
        ["bicycle", "bus", "motorcycle", "pickup_truck", "train"],
        ["lawn_mower", "rocket", "streetcar", "tank", "tractor"],
    ];

    /// <summary>Each class to the next one, the last to the first.</summary>
    public static IReadOnlyList<long> Next(int classes) => [.. Enumerable.Range(0, classes).Select(k => (k + 1L) % classes)];

    /// <summary>The target of each class, from moves and names of published maps.</summary>
    /// <exception cref="SatException">A move names no class, or a class twice (exit code 2).</exception>
    public static IReadOnlyList<long> Parse(IReadOnlyList<string> moves, IReadOnlyList<string> classes)
    {
        var problems = new List<Problem>();
        var map = Enumerable.Range(0, classes.Count).Select(k => (long)k).ToArray();
        var seen = new HashSet<int>();
        var unknown = new List<string>();
        foreach (var move in moves.SelectMany(Expand))
        {
            if (move.Split('>', StringSplitOptions.TrimEntries) is not [var from, var to])
            {
                problems.Add(
                    new Problem(
                        $"noise 'asymmetric': '{move}' is neither a move such as 'truck>automobile' nor one of the maps {Cifar10}, {Cifar100}"
                    )
                );
                continue;
            }
            var (source, target) = (IndexOf(from), IndexOf(to));
            if (source >= 0 && target >= 0)
            {
                map[source] = target;
                if (!seen.Add(source))
                    problems.Add(new Problem($"noise 'asymmetric': the class '{from}' is moved twice"));
            }
        }
        if (unknown.Count > 0)
        {
            var hint = unknown.Count == 1 ? NearestName.Hint(unknown[0], classes) : "";
            problems.Add(
                new Problem(
                    $"noise 'asymmetric': the dataset has no class '{string.Join("', '", unknown.Distinct())}'.{hint} "
                        + $"Its classes are {string.Join(", ", classes.Take(10))}{(classes.Count > 10 ? ", …" : "")}; give moves between them as 'map'."
                )
            );
        }
        return problems.Count == 0 ? map : throw new SatException(ExitCode.Planning, problems);

        int IndexOf(string name)
        {
            for (var k = 0; k < classes.Count; k++)
            {
                if (classes[k] == name)
                    return k;
            }
            unknown.Add(name);
            return -1;
        }
    }

    private static IEnumerable<string> Expand(string move) =>
        move switch
        {
            Cifar10 => Cifar10Pairs,
            Cifar100 => Cifar100Superclasses.SelectMany(s => s.Select((name, i) => $"{name}>{s[(i + 1) % s.Length]}")),
            _ => [move],
        };
}
