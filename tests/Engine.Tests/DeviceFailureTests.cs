using Sat.Records.Runs;
using static TorchSharp.torch;

namespace Sat.Engine.Tests;

[TestClass]
public sealed class DeviceFailureTests
{
    [TestMethod]
    [DataRow(
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.10 GiB of which 1.06 GiB is free. Process 7 has 78.03 GiB memory in use.",
        RunFailureKind.OutOfDeviceMemory,
        "cuda:0 ran out of memory: 2.00 GiB were requested, with 1.06 GiB of 79.10 GiB free. "
    )]
    [DataRow(
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        RunFailureKind.OutOfDeviceMemory,
        "cuda:0 ran out of memory. "
    )]
    [DataRow(
        "[enforce fail at alloc_cpu.cpp:121] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 281474976710656 bytes. Error code 12 (Cannot allocate memory)",
        RunFailureKind.OutOfMemory,
        "the machine ran out of memory: 256 TiB were requested. "
    )]
    [DataRow(
        "CUDA error: unspecified launch failure\nCUDA kernel errors might be asynchronously reported",
        RunFailureKind.DeviceLost,
        "cuda:0 was lost (unspecified launch failure). "
    )]
    [DataRow(
        "CUDA error: uncorrectable ECC error encountered",
        RunFailureKind.DeviceLost,
        "cuda:0 was lost (uncorrectable ECC error encountered). "
    )]
    public void Libtorch_s_words_become_a_sentence_with_advice(string message, RunFailureKind kind, string beginning)
    {
        var failure = DeviceFailure.Recognize(message, "cuda:0");
        Assert.AreEqual(kind, failure?.Kind);
        StringAssert.StartsWith(failure!.Sentence, beginning);
    }

    [TestMethod]
    [DataRow("CUDA error: device-side assert triggered")]
    [DataRow("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)")]
    [DataRow("")]
    public void Other_errors_are_neither(string message) => Assert.IsNull(DeviceFailure.Recognize(message, "cuda:0"));

    [TestMethod]
    public void A_run_that_asks_for_more_memory_than_there_is_says_so_in_its_record()
    {
        using var run = Ran.Of(
            Specs.Of(),
            new Components { Method = task => new Observer(task, _ => zeros(1L << 46).sum().item<float>()) }
        );

        Assert.AreEqual((RunStatus.Failed, RunFailureKind.OutOfMemory), (run.Record.Status, run.Record.Failure));
        StringAssert.StartsWith(run.Record.Error, "the machine ran out of memory: 256 TiB were requested");
    }

    [TestMethod]
    [DataRow(null, "A,B,C")]
    [DataRow("2,0", "C,A")]
    [DataRow("GPU-bb", "B")]
    [DataRow("1,9,0", "B")]
    [DataRow("", "")]
    [DataRow("-1", "")]
    public void The_cards_are_those_that_CUDA_shows_in_its_order(string? visible, string expected)
    {
        string[][] rows =
        [
            ["0", "GPU-aa1", "A", "570.1", "100", "8.0"],
            ["1", "GPU-bb2", "B", "570.1", "200", "9.0"],
            ["2", "GPU-cc3", "C", "570.1", "[N/A]", "[N/A]"],
        ];
        var cards = GraphicsCard.Visible(rows, visible);
        Assert.AreEqual(expected, string.Join(',', cards.Select(c => c.Name)));
        foreach (var card in cards)
            Assert.AreEqual(
                card.Name switch
                {
                    "A" => (100L << 20, "8.0"),
                    "B" => (200L << 20, "9.0"),
                    _ => ((long?)null, null),
                },
                (card.FreeBytes, card.Capability?.ToString())
            );
    }
}
