using System.Globalization;
using CsCheck;

namespace Sat.Sweeps.Tests;

[TestClass]
public class IdentityTests
{
    private const string Golden = """
        name: golden
        defaults: { dataset: colours, model: small, method: { id: adaptive, alpha: 0.7 }, noise: { id: blur, rate: 0.4 }, training: { epochs: 40 } }
        """;

    /// <summary>Computed apart from the tool: SHA-256 of the canonical text below, which is RFC 8785 by hand.</summary>
    [TestMethod]
    public void The_id_of_a_run_is_the_hash_of_its_canonical_text()
    {
        var run = Studying.Plan(Golden).Runs.Single();
        Assert.AreEqual(
            """{"dataset":{"id":"colours","options":{"count":100},"revision":1},"deterministic":false,"method":{"id":"adaptive","options":{"alpha":0.7,"start-epoch":60},"revision":1},"model":{"id":"small","options":{"width":16},"revision":1},"noise":{"id":"blur","options":{"rate":0.4},"revision":1},"precision":"fp32","schema":1,"seed":1,"training":{"augmentation":{"id":"none","options":{},"revision":1},"batch-size":256,"epochs":40,"evaluate-every":1,"optimizer":{"id":"sgd","options":{"lr":0.1,"momentum":0.9},"revision":1},"samples":0,"schedule":{"id":"cosine","options":{},"revision":1},"validation":0}}""",
            run.Request.Spec.Canonical()
        );
        Assert.AreEqual("5a76c8cf9eb80bc60c34ea4cbeb1c1e4148649537135f05ee5c9667db03b6ff5", run.Id);
    }

    [TestMethod]
    public void Neither_the_order_of_names_nor_the_spelling_of_numbers_changes_an_id()
    {
        var settings = new[]
        {
            "dataset: colours",
            "model: { id: small }",
            "method: { WIDE }",
            "noise: { rate: RATE, id: blur }",
            "training: { TRAIN }",
            "seed: 3",
        };
        var gen =
            from order in Gen.Shuffle(Enumerable.Range(0, settings.Length).ToArray())
            from alpha in Gen.OneOfConst("0.7", "0.70", "7e-1", ".7", "00.7")
            from rate in Gen.OneOfConst("0.4", "0.40", "4.0e-1")
            from epochs in Gen.OneOfConst("40", "40.0", "4e1")
            from swap in Gen.Bool
            select "name: t\ndefaults:\n"
                + string.Join(
                    '\n',
                    order.Select(i =>
                        "  "
                        + settings[i]
                            .Replace("WIDE", swap ? $"id: adaptive, alpha: {alpha}" : $"alpha: {alpha}, id: adaptive")
                            .Replace("RATE", rate)
                            .Replace(
                                "TRAIN",
                                swap ? $"epochs: {epochs}, optimizer: {{ lr: 1e-1 }}" : $"optimizer.lr: 0.1, epochs: {epochs}"
                            )
                    )
                );
        var expected = Studying.Plan(Golden, "seed=3").Runs.Single().Id;
        gen.Sample(text => Assert.AreEqual(expected, Studying.Plan(text).Runs.Single().Id), iter: 200);
    }

    [TestMethod]
    [DataRow("dataset.count=101")]
    [DataRow("model=large")]
    [DataRow("model.width=17")]
    [DataRow("method=plain")]
    [DataRow("method.alpha=0.71")]
    [DataRow("method.start-epoch=61")]
    [DataRow("noise=none")]
    [DataRow("noise.rate=0.41")]
    [DataRow("training.epochs=41")]
    [DataRow("training.batch-size=128")]
    [DataRow("training.samples=10")]
    [DataRow("training.validation=10")]
    [DataRow("training.evaluate-every=2")]
    [DataRow("training.evaluate-growth=1.5")]
    [DataRow("training.keep-epochs=3..5")]
    [DataRow("dataset.normalize=false")]
    [DataRow("training.optimizer=adam")]
    [DataRow("training.optimizer.lr=0.2")]
    [DataRow("training.schedule=steps")]
    [DataRow("seed=2")]
    [DataRow("deterministic=true")]
    public void Any_other_setting_makes_another_run(string change) =>
        Assert.AreNotEqual(Studying.Plan(Golden).Runs.Single().Id, Studying.Plan(Golden, change).Runs.Single().Id);

    [TestMethod]
    public void Name_description_and_file_are_no_part_of_an_id()
    {
        var one = Studying.Plan(Golden).Runs.Single().Id;
        Assert.AreEqual(one, Studying.Plan(Golden.Replace("golden", "silver") + "\ndescription: another").Runs.Single().Id);
        Assert.AreEqual(one, Studying.Plan("name: t\nmatrix: { seed: [1] }\n" + Golden.Split('\n')[1]).Runs.Single().Id);
    }

    [TestMethod]
    public void A_matrix_has_the_product_of_its_axes_less_excludes_plus_includes()
    {
        var gen = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[0, 3], Gen.Int[0, 3]);
        gen.Sample(
            (rates, epochs, seeds, excludes, includes) =>
            {
                excludes = Math.Min(excludes, seeds - 1);
                string Range(int count, Func<int, string> text) => string.Join(", ", Enumerable.Range(1, count).Select(text));
                string Seed(int i) => i.ToString(CultureInfo.InvariantCulture);
                var plan = Studying.Plan(
                    $$"""
                    matrix:
                      noise: [ none, { id: blur, rate: [{{Range(rates, i => $"0.{i}")}}] } ]
                      training.epochs: [{{Range(epochs, Seed)}}]
                      seed: [{{Range(seeds, Seed)}}]
                    exclude: [{{Range(excludes, i => $"{{ seed: {i}.0, noise: blur }}")}}]
                    include: [{{Range(includes, i => $"{{ seed: {100 + i} }}")}}]
                    """
                );
                Assert.HasCount((1 + rates) * epochs * seeds - excludes * rates * epochs + includes, plan.Runs);
                Assert.HasCount(plan.Runs.Count, plan.Runs.Select(r => r.Id).Distinct());
            },
            iter: 100
        );
    }

    [TestMethod]
    public void Ten_thousand_runs_are_planned()
    {
        var plan = Studying.Plan(
            $$"""
            matrix:
              method: [plain, adaptive]
              noise: { id: blur, rate: [0.1, 0.2, 0.3, 0.4, 0.5] }
              seed: [{{string.Join(", ", Enumerable.Range(0, 1000))}}]
            exclude: [ { seed: 7, method: plain, noise.rate: 0.1 } ]
            """
        );
        Assert.HasCount(9999, plan.Runs);
    }
}
