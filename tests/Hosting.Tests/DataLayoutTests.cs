using Sat.Records.Data;
using Sat.Records.Options;
using Sat.Sdk;

namespace Sat.Hosting.Tests;

[TestClass]
public class DataLayoutTests
{
    [TestMethod]
    public void A_dataset_whose_data_could_not_be_checked_does_not_register()
    {
        var registry = new ComponentRegistry();
        void Add(string id, params DataSource[] sources) =>
            registry.AddDataset<NoOptions>(
                id,
                "Stones.",
                (_, _) => throw new NotSupportedException(),
                new ComponentDetails
                {
                    Data = new DataLayout
                    {
                        Files = ["a.bin"],
                        Obtain = "Collect them.",
                        Sources = sources,
                    },
                }
            );

        Add(
            "good",
            new DataSource
            {
                Name = "a.zip",
                Format = DataFormat.Zip,
                Address = "https://beach.example/a.zip",
                Sha256 = new('0', 64),
            }
        );
        Assert.AreEqual("a.zip", registry.Components.Single().Data!.Sources.Single().Name);
        var error = Assert.ThrowsExactly<ArgumentException>(() => Add("bad", new DataSource { Name = "a.zip" }));
        Assert.StartsWith("of the data of 'bad', the source 'a.zip' has no checksum", error.Message);
        Assert.HasCount(1, registry.Components);
    }
}
