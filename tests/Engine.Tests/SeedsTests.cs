using Sat.Engine.Randomness;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class SeedsTests
{
    [TestMethod]
    public void A_stream_s_seed_is_the_front_of_a_hash_of_seed_and_name()
    {
        // From Python: int.from_bytes(sha256(b"1/noise").digest()[:8], "big") & (2**63 - 1)
        Assert.AreEqual(8532797913049187651, new Seeds(1).For("noise"));
        Assert.AreEqual(6801048480660164966, new Seeds(2).For("noise"));
    }

    [TestMethod]
    public void Streams_differ_by_name_and_seed_and_know_nothing_of_each_other()
    {
        using var scope = NewDisposeScope();
        float[] Draw(long seed, string stream) => rand(4, generator: new Seeds(seed).Generator(stream)).data<float>().ToArray();
        var alone = Draw(1, "noise");

        var seeds = new Seeds(1);
        rand(100, generator: seeds.Generator("order"));
        var after = rand(4, generator: seeds.Generator("noise")).data<float>().ToArray();

        CollectionAssert.AreEqual(alone, after);
        CollectionAssert.AreNotEqual(alone, Draw(1, "order"));
        CollectionAssert.AreNotEqual(alone, Draw(2, "noise"));
    }
}
