using System.Collections.Concurrent;
using Sat.Records.Specs;
using Sat.Sweeps.Execution;

namespace Sat.Sweeps.Tests;

[TestClass]
public class PlacementTests
{
    private static readonly RunSpec Spec = Studying.Plan("matrix: { method: { id: plain, behaviour: [finish] } }").Runs[0].Request.Spec;

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    [DataRow(5)]
    public async Task No_card_is_promised_more_than_it_has_and_every_run_gets_its_place(int seed)
    {
        var random = new Random(seed);
        var cards = Enumerable.Range(0, random.Next(1, 5)).ToDictionary(i => $"cuda:{i}", _ => (long)random.Next(10, 40));
        var jobs = random.Next(1, 12);
        var specs = Enumerable.Range(0, 60).Select(i => Spec with { Seed = i }).ToArray();
        var needs = specs.ToDictionary(s => s.Seed, _ => (long)random.Next(1, 40));
        var placement = new Placement([.. cards.Keys], jobs, () => cards, spec => needs[spec.Seed]);
        var largest = cards.Values.Max();
        var held = new ConcurrentDictionary<string, long>();
        var waiting = new ConcurrentQueue<RunSpec>(specs);
        var made = 0;

        await Task.WhenAll(
            Enumerable
                .Range(0, jobs)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (waiting.TryDequeue(out var spec))
                        {
                            using var place = (await placement.TakeAsync(spec))!;
                            Assert.AreEqual(Math.Min(needs[spec.Seed], largest), place.Bytes);
                            var now = held.AddOrUpdate(place.Device, place.Bytes, (_, before) => before + place.Bytes);
                            Assert.IsLessThanOrEqualTo(cards[place.Device], now);
                            await Task.Yield();
                            held.AddOrUpdate(place.Device, 0, (_, before) => before - place.Bytes);
                            Interlocked.Increment(ref made);
                        }
                    })
                )
        );

        Assert.AreEqual(specs.Length, made);
    }

    [TestMethod]
    public async Task Small_runs_are_packed_and_the_card_with_the_most_left_comes_first()
    {
        var cards = new Dictionary<string, long> { ["cuda:0"] = 20, ["cuda:1"] = 30 };
        var placement = new Placement(["cuda:0", "cuda:1"], 8, () => cards, _ => 8);
        var devices = new List<string>();
        for (var i = 0; i < 5; i++)
            devices.Add((await placement.TakeAsync(Spec))!.Device);

        CollectionAssert.AreEqual(new[] { "cuda:1", "cuda:1", "cuda:0", "cuda:1", "cuda:0" }, devices);
        Assert.IsFalse(placement.TakeAsync(Spec).IsCompleted, "there are 4 and 6 left, and 8 are needed");
    }

    [TestMethod]
    public async Task Memory_that_others_take_is_not_given_away()
    {
        var free = 20L;
        var placement = new Placement(["cuda:0"], 4, () => new Dictionary<string, long> { ["cuda:0"] = free }, _ => 8);
        using var first = await placement.TakeAsync(Spec);
        free = 5;

        var second = placement.TakeAsync(Spec);
        Assert.IsFalse(second.IsCompleted);
        free = 20;
        first!.Dispose();
        Assert.AreEqual("cuda:0", (await second)!.Device);
    }

    [TestMethod]
    public async Task A_run_that_is_to_be_alone_waits_for_an_empty_card()
    {
        var placement = new Placement(["cuda:0"], 4, () => new Dictionary<string, long> { ["cuda:0"] = 20 }, _ => 1);
        var first = await placement.TakeAsync(Spec);
        var alone = placement.TakeAsync(Spec, alone: true);
        Assert.IsFalse(alone.IsCompleted);
        first!.Dispose();
        Assert.IsFalse((await alone)!.SharedDevice);
    }

    [TestMethod]
    public async Task A_lost_card_takes_no_more_runs_and_without_any_there_is_no_place()
    {
        var cards = new Dictionary<string, long> { ["cuda:0"] = 20, ["cuda:1"] = 10 };
        var placement = new Placement(["cuda:0", "cuda:1"], 2, () => cards, _ => 1);
        Assert.IsTrue(placement.Lose("cuda:0"));
        Assert.AreEqual("cuda:1", (await placement.TakeAsync(Spec))!.Device);
        Assert.IsFalse(placement.Lose("cuda:1"));
        Assert.IsNull(await placement.TakeAsync(Spec));
    }
}
