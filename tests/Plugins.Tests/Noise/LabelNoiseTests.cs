using CsCheck;
using Sat.Records;

namespace Sat.Noise.Tests;

[TestClass]
public sealed class LabelNoiseTests
{
    /// <summary>Rates as people write them, and sizes whose product is tempting to round.</summary>
    private static readonly Gen<(int Percent, int N, int Classes, int Seed)> Cases = Gen.Select(
        Gen.Int[0, 100],
        Gen.Int[1, 400],
        Gen.Int[2, 12],
        Gen.Int[0, 1_000_000]
    );

    [TestMethod]
    public void Redrawing_over_the_other_classes_makes_exactly_floor_r_n_labels_wrong() =>
        Cases.Sample(
            c =>
            {
                var labels = Noises.Labels(c.N, c.Classes);

                var noisy = Noises.NoisyLabels(
                    "symmetric",
                    new() { ["rate"] = c.Percent / 100.0, ["redraw"] = "other-classes" },
                    labels,
                    Noises.Numbered(c.Classes),
                    (ulong)c.Seed
                );

                return Wrong(labels, noisy).Length == c.Percent * c.N / 100 && noisy.All(l => l >= 0 && l < c.Classes);
            },
            iter: 300,
            seed: "0N0XIzNsQ0O2",
            threads: 1
        );

    [TestMethod]
    public void Redrawing_over_all_classes_changes_at_most_floor_r_n_labels() =>
        Cases.Sample(
            c =>
            {
                var labels = Noises.Labels(c.N, c.Classes);

                var noisy = Noises.NoisyLabels(
                    "symmetric",
                    new() { ["rate"] = c.Percent / 100.0 },
                    labels,
                    Noises.Numbered(c.Classes),
                    (ulong)c.Seed
                );

                return Wrong(labels, noisy).Length <= c.Percent * c.N / 100 && noisy.All(l => l >= 0 && l < c.Classes);
            },
            iter: 300,
            seed: "0N0XIzNsQ0O2",
            threads: 1
        );

    [TestMethod]
    [DataRow(0.1667, 10, 0.150)]
    [DataRow(0.2, 10, 0.18)]
    [DataRow(0.4, 10, 0.36)]
    [DataRow(0.6, 10, 0.54)]
    [DataRow(0.8, 10, 0.72)]
    [DataRow(0.1667, 100, 0.165)]
    [DataRow(0.4, 100, 0.396)]
    [DataRow(0.8, 100, 0.792)]
    public void The_papers_redraw_leaves_a_share_of_r_times_1_minus_1_over_K_wrong(double rate, int classes, double wrong)
    {
        var labels = Noises.Labels(50_000, classes);

        var noisy = Noises.NoisyLabels("symmetric", new() { ["rate"] = rate }, labels, Noises.Numbered(classes), seed: 1);

        // Four deviations of the binomial share are below 0.004 at this size.
        Assert.AreEqual(wrong, Wrong(labels, noisy).Length / 50_000.0, 0.004);
    }

    [TestMethod]
    public void Redrawn_labels_are_uniform_over_the_classes()
    {
        foreach (var redraw in new[] { "all-classes", "other-classes" })
        {
            var labels = new long[20_000];

            var noisy = Noises.NoisyLabels("symmetric", new() { ["rate"] = 1.0, ["redraw"] = redraw }, labels, Noises.Numbered(5), seed: 4);

            var counts = Enumerable.Range(0, 5).Select(k => noisy.Count(l => l == k)).ToArray();
            var expected = redraw == "all-classes" ? [4000, 4000, 4000, 4000, 4000] : new[] { 0, 5000, 5000, 5000, 5000 };
            for (var k = 0; k < 5; k++)
                Assert.AreEqual(expected[k], counts[k], 260, $"{redraw}, class {k}");
        }
    }

    [TestMethod]
    [DataRow("symmetric")]
    [DataRow("pair-flip")]
    [DataRow("asymmetric")]
    public void Rate_0_leaves_all_labels_and_one_seed_gives_one_vector(string id)
    {
        var labels = Noises.Labels(1000, 10);

        var none = Noises.NoisyLabels(id, new() { ["rate"] = 0.0 }, labels, Noises.Cifar10, seed: 1);
        var first = Noises.NoisyLabels(id, new() { ["rate"] = 0.4 }, labels, Noises.Cifar10, seed: 1);
        TorchSharp.torch.random.manual_seed(17);
        var again = Noises.NoisyLabels(id, new() { ["rate"] = 0.4 }, labels, Noises.Cifar10, seed: 1);
        var other = Noises.NoisyLabels(id, new() { ["rate"] = 0.4 }, labels, Noises.Cifar10, seed: 2);

        CollectionAssert.AreEqual(labels, none);
        CollectionAssert.AreEqual(first, again);
        CollectionAssert.AreNotEqual(first, other);
    }

    [TestMethod]
    public void Pair_flip_moves_exactly_floor_r_n_labels_to_the_next_class() =>
        Cases.Sample(
            c =>
            {
                var labels = Noises.Labels(c.N, c.Classes);

                var noisy = Noises.NoisyLabels(
                    "pair-flip",
                    new() { ["rate"] = c.Percent / 100.0 },
                    labels,
                    Noises.Numbered(c.Classes),
                    (ulong)c.Seed
                );

                var wrong = Wrong(labels, noisy);
                return wrong.Length == c.Percent * c.N / 100 && wrong.All(i => noisy[i] == (labels[i] + 1) % c.Classes);
            },
            iter: 300,
            seed: "0N0XIzNsQ0O2",
            threads: 1
        );

    [TestMethod]
    public void Asymmetric_noise_moves_only_the_published_pairs_of_CIFAR_10()
    {
        var labels = Noises.Labels(10_000, 10);
        (string From, string To)[] pairs =
        [
            ("truck", "automobile"),
            ("bird", "airplane"),
            ("deer", "horse"),
            ("cat", "dog"),
            ("dog", "cat"),
        ];

        var noisy = Noises.NoisyLabels("asymmetric", new() { ["rate"] = 0.4 }, labels, Noises.Cifar10, seed: 3);

        var wrong = Wrong(labels, noisy);
        var mapped = labels.Count(l => pairs.Any(p => p.From == Noises.Cifar10[l]));
        Assert.HasCount(mapped * 4 / 10, wrong);
        var moves = wrong.Select(i => (Noises.Cifar10[labels[i]], Noises.Cifar10[noisy[i]])).Distinct().ToArray();
        CollectionAssert.AreEquivalent(pairs, moves);
    }

    [TestMethod]
    public void The_map_of_CIFAR_100_stays_within_superclasses()
    {
        string[] classes = [.. Cifar100.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
        var labels = Enumerable.Range(0, 100).Select(i => (long)i).ToArray();

        var moved = Noises.NoisyLabels(
            "asymmetric",
            new() { ["rate"] = 1.0, ["map"] = new System.Text.Json.Nodes.JsonArray("cifar100") },
            labels,
            classes,
            seed: 3
        );

        string[] After(string name)
        {
            var chain = new List<string> { name };
            for (var k = moved[Array.IndexOf(classes, name)]; classes[k] != name && chain.Count < 10; k = moved[k])
                chain.Add(classes[k]);
            return [.. chain];
        }
        foreach (var name in classes)
            Assert.HasCount(5, After(name), name);
        CollectionAssert.AreEqual(new[] { "beaver", "dolphin", "otter", "seal", "whale" }, After("beaver"));
        CollectionAssert.AreEqual(new[] { "tractor", "lawn_mower", "rocket", "streetcar", "tank" }, After("tractor"));
    }

    [TestMethod]
    public void Asymmetric_noise_takes_a_map_of_ones_own()
    {
        var labels = Noises.Labels(300, 3);

        var noisy = Noises.NoisyLabels(
            "asymmetric",
            new() { ["rate"] = 1.0, ["map"] = new System.Text.Json.Nodes.JsonArray("a>c", "b > a") },
            labels,
            ["a", "b", "c"],
            seed: 3
        );

        for (var i = 0; i < labels.Length; i++)
            Assert.AreEqual(
                labels[i] switch
                {
                    0 => 2,
                    1 => 0,
                    _ => 2,
                },
                noisy[i]
            );
    }

    [TestMethod]
    [DataRow("truck>lorry", "no class 'lorry'")]
    [DataRow("truk>automobile", "truck")]
    [DataRow("truck", "move")]
    [DataRow("cat>dog|cat>ship", "twice")]
    public void A_map_that_cannot_be_followed_is_refused_in_a_sentence(string map, string said)
    {
        var moves = new System.Text.Json.Nodes.JsonArray([.. map.Split('|').Select(m => System.Text.Json.Nodes.JsonValue.Create(m))]);

        var error = Assert.ThrowsExactly<SatException>(() =>
            Noises.NoisyLabels("asymmetric", new() { ["map"] = moves }, Noises.Labels(10, 10), Noises.Cifar10, seed: 1)
        );

        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains(said, error.Message);
    }

    [TestMethod]
    public void None_changes_nothing() =>
        CollectionAssert.AreEqual(Noises.Labels(50, 10), Noises.NoisyLabels("none", [], Noises.Labels(50, 10), Noises.Cifar10, seed: 1));

    /// <summary>The hundred class names, in the order of their numbers.</summary>
    private const string Cifar100 = """
        apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can castle
        caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish
        forest fox girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle
        mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine
        possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar
        sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle wardrobe whale willow_tree
        wolf woman worm
        """;

    private static int[] Wrong(long[] labels, long[] noisy) => [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] != noisy[i])];
}
