using Sat.Engine.Cuda;
using Sat.Records.Runs;

namespace Sat.Engine.Tests;

/// <summary>What drivers, cards and versions mean, from facts that no machine here has.</summary>
[TestClass]
public sealed class CudaVerdictTests
{
    [TestMethod]
    [DataRow(null, false, null, false, 0, null, true, "no NVIDIA driver, and this libtorch computes on the CPU alone", null)]
    [DataRow(
        null,
        true,
        "12.8",
        true,
        0,
        null,
        false,
        "there is a H100, but this libtorch only computes on the CPU",
        "backend install cuda"
    )]
    [DataRow(
        null,
        true,
        "12.8",
        false,
        0,
        null,
        false,
        "there is an NVIDIA driver, but this libtorch only computes on the CPU",
        "backend install cuda"
    )]
    [DataRow("12.8", false, null, false, 0, null, false, "built for CUDA 12.8, but there is no NVIDIA driver", "driver 570 or newer")]
    [DataRow(
        "13.0",
        true,
        "12.8",
        true,
        0,
        null,
        false,
        "driver 550.1 is too old: it supports CUDA up to 12.8, and libtorch is built for CUDA 13.0",
        "driver 580 or newer"
    )]
    [DataRow("12.8", true, "11.8", false, 0, null, false, "driver is too old", "a libtorch for CUDA 11")]
    [DataRow(
        "12.8",
        true,
        "12.4",
        true,
        1,
        null,
        true,
        "1 device, H100, driver 550.1; the driver supports CUDA up to 12.4",
        "Driver 570 or newer supports all"
    )]
    [DataRow("12.8", true, "13.0", true, 2, null, true, "2 devices, H100", null)]
    [DataRow("12.8", true, "12.8", true, 0, "", false, "CUDA_VISIBLE_DEVICES is ''", "Unset it")]
    [DataRow("12.8", true, "12.8", true, 0, null, false, "sees no device", "nvidia-smi")]
    public void Each_mismatch_has_its_sentence(
        string? build,
        bool driver,
        string? supported,
        bool card,
        int devices,
        string? visible,
        bool ok,
        string finding,
        string? remedy
    )
    {
        var verdict = CudaVerdict.From(
            new CudaFacts
            {
                Expected = "2.10.0",
                Build = build,
                HasDriver = driver,
                DriverCuda = supported is null ? null : Version.Parse(supported),
                Card = card ? new GraphicsCard("H100", "550.1", new Version(9, 0)) : null,
                Devices = devices,
                Visible = visible,
            }
        );
        Assert.AreEqual(ok, verdict.Ok, verdict.Finding);
        Assert.Contains(finding, verdict.Finding, StringComparison.Ordinal);
        if (remedy is null)
            Assert.IsNull(verdict.Remedy);
        else
            Assert.Contains(remedy, verdict.Remedy!, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("2.10.0+cu128", null)]
    [DataRow(null, null)]
    [DataRow("2.11.0", true)]
    [DataRow("2.1.0", true)]
    [DataRow("1.13.0a0", false)]
    [DataRow("3.0.0", false)]
    public void Another_minor_version_is_warned_of_and_another_major_one_refused(string? version, bool? ok) =>
        Assert.AreEqual(ok, CudaVerdict.OfVersion(version, "2.10.0")?.Ok);

    [TestMethod]
    public void A_tool_that_was_built_for_CUDA_has_no_other_libtorch_to_go_back_to()
    {
        var facts = new CudaFacts { Expected = "2.10.0", Build = "12.8" };
        Assert.EndsWith("or 'dotnet sat backend use cpu' goes back to the tool's own libtorch", CudaVerdict.From(facts).Remedy!);
        Assert.EndsWith("or build the tool without SatBackend=cuda", CudaVerdict.From(facts with { OwnIsCuda = true }).Remedy!);
        Assert.EndsWith(
            "or build the tool without SatBackend=cuda",
            CudaVerdict.From(facts with { OwnIsCuda = true, HasDriver = true, DriverCuda = new Version(11, 8) }).Remedy!
        );
    }
}
