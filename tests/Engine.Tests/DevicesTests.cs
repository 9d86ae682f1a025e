using Sat.Engine.Conditions;
using Sat.Records;
using TorchSharp;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class DevicesTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("gpu")]
    [DataRow("CPU")]
    [DataRow("cuda:")]
    [DataRow("cuda:x")]
    [DataRow("cuda:-1")]
    [DataRow("cuda: 1")]
    [DataRow("cuda:99999999999")]
    public void A_name_that_is_none_is_an_error_of_usage(string name)
    {
        Assert.IsFalse(Records.Runs.DeviceName.Is(name));
        var error = Assert.ThrowsExactly<SatException>(() => Devices.Parse(name));
        Assert.AreEqual(ExitCode.Planning, error.ExitCode);
        Assert.Contains("--device", error.Message);
    }

    [TestMethod]
    [DataRow("cuda")]
    [DataRow("cuda:0")]
    public void A_card_that_is_not_there_is_an_error_of_the_environment(string name)
    {
        if (torch.cuda_is_available())
            Assert.Inconclusive("this machine has a CUDA device");
        var error = Assert.ThrowsExactly<SatException>(() => Devices.Parse(name));
        Assert.AreEqual(ExitCode.Environment, error.ExitCode);
        Assert.Contains("--device cpu", error.Message);
    }

    [TestMethod]
    public void Auto_is_the_cpu_where_there_is_no_card()
    {
        Assert.AreEqual("cpu", Devices.Name(Devices.Parse("cpu")));
        if (torch.cuda_is_available())
            Assert.Inconclusive("this machine has a CUDA device");
        Assert.AreEqual("cpu", Devices.Name(Devices.Parse("auto")));
    }
}
