using Sat.Records.Json;
using Sat.Records.Protocols;
using Sat.Records.Specs;

namespace Sat.Records.Tests;

[TestClass]
public class LastBatchTests
{
    [TestMethod]
    [DataRow(5000L, 128, "leave a last batch of 8,", DisplayName = "the issue's case")]
    [DataRow(4992L, 128, null)]
    [DataRow(5008L, 128, null, DisplayName = "an eighth of the others is enough")]
    [DataRow(5007L, 128, "leave a last batch of 15,")]
    [DataRow(9L, 4, "leave a last batch of 1,", DisplayName = "one alone is too few in any case")]
    [DataRow(10L, 4, null)]
    [DataRow(8L, 128, null, DisplayName = "the only batch")]
    [DataRow(129L, 1, null)]
    public void A_last_batch_under_an_eighth_of_the_others_is_small(long samples, int batchSize, string? part)
    {
        var kept = new TrainingOptions { BatchSize = batchSize };
        if (part is null)
            Assert.IsNull(LastBatch.Warning(kept, samples));
        else
            StringAssert.Contains(LastBatch.Warning(kept, samples), part);
        Assert.IsNull(LastBatch.Warning(kept with { DropLast = true }, samples));
        Assert.AreEqual(part == "leave a last batch of 1,", LastBatch.Problem(kept, samples) is not null, "one sample is refused");
        Assert.IsNull(LastBatch.Problem(kept with { DropLast = true }, samples));
    }

    [TestMethod]
    [DataRow(5000L, 128, 4992L, 39L)]
    [DataRow(4992L, 128, 4992L, 39L)]
    [DataRow(8L, 128, 8L, 1L)]
    [DataRow(128L, 128, 128L, 1L)]
    public void Left_out_an_epoch_has_whole_batches(long samples, int batchSize, long trained, long steps)
    {
        var training = new TrainingOptions { BatchSize = batchSize, DropLast = true };
        Assert.AreEqual((trained, steps), (training.SamplesPerEpoch(samples), training.StepsPerEpoch(samples)));
        Assert.AreEqual(
            (samples, (samples + batchSize - 1) / batchSize),
            ((training with { DropLast = null }).SamplesPerEpoch(samples), (training with { DropLast = false }).StepsPerEpoch(samples))
        );
    }

    [TestMethod]
    public void Kept_it_is_no_part_of_what_a_run_is()
    {
        RunSpec With(bool? drop) => Specs.Sat with { Training = Specs.Sat.Training with { DropLast = drop } };
        Assert.AreEqual(Specs.Sat.Id(), With(false).Id());
        Assert.AreEqual(Specs.Sat.Id(), With(null).Id());
        Assert.AreNotEqual(Specs.Sat.Id(), With(true).Id());
        StringAssert.Contains(With(true).Canonical(), "\"drop-last\":true");
        Assert.AreEqual(true, SatJson.Read<RunSpec>(With(true).Canonical()).Training.DropLast);
        Assert.AreEqual(true, Protocol.From(With(true), null).DropLast);
    }
}
