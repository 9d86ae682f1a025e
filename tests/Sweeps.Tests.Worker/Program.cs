// A worker that trains nothing: it keeps the contract of a worker (lease, record, events) and then does as its method's
// option 'behaviour' says.
using System.Runtime.InteropServices;
using Sat.Records.Files;
using Sat.Records.Json;
using Sat.Records.Runs;

var folder = new RunFolder(Path.GetFullPath(args[Array.IndexOf(args, "--folder") + 1]));
using var lease = RunLease.TryTake(folder);
if (lease is null)
    return 75;

var request = folder.ReadRequest()!;
var behaviour = request.Spec.Method.OptionText("behaviour")!;

// On a second attempt the fault is gone, as a mended machine's would be.
if (behaviour == "fail-once")
    behaviour = folder.ReadRecord() is null ? "fail" : "finish";

Console.WriteLine($"behaving: {behaviour}");
Console.WriteLine(
    $"allocator: {Environment.GetEnvironmentVariable("MALLOC_MMAP_THRESHOLD_")} {Environment.GetEnvironmentVariable("MALLOC_TRIM_THRESHOLD_")}"
);
Console.Error.WriteLine("and on standard error");
if (behaviour == "exit")
    return 7;
if (behaviour == "exit-without-environment")
    return 5;
if (behaviour == "find-no-device")
{
    Console.Error.WriteLine("error: there is no such device");
    return 69;
}

var record = new RunRecord
{
    Id = request.Spec.Id(),
    Spec = request.Spec,
    Status = RunStatus.Running,
    Started = DateTimeOffset.UtcNow,
};
folder.WriteRecord(record);
var stopped = new TaskCompletionSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stopped.TrySetResult();
});
using (var events = new JsonLinesWriter(folder.EventsFile))
{
    events.Append(
        new RunEvent
        {
            Kind = RunEventKind.Started,
            Time = DateTimeOffset.UtcNow,
            Metrics = new Dictionary<string, double> { ["pid"] = Environment.ProcessId },
        }
    );
}

// Marks beside the run folders, by which workers wait for each other.
string Mark(string name) => Path.Combine(Path.GetDirectoryName(folder.Path)!, $".{name}");
void Leave(string name) => File.WriteAllText(Mark(name), "");
void Await(string name)
{
    while (!File.Exists(Mark(name)))
        Thread.Yield();
}
int Fail(RunFailureKind kind, string error, int code)
{
    folder.WriteRecord(
        record with
        {
            Status = RunStatus.Failed,
            Failure = kind,
            Error = error,
            ExitCode = code,
            Ended = DateTimeOffset.UtcNow,
        }
    );
    return code;
}

switch (behaviour)
{
    case "hold-until-another-ran-out":
        Leave("held");
        Await("ran-out");
        folder.WriteRecord(record with { Status = RunStatus.Done, Ended = DateTimeOffset.UtcNow });
        return 0;
    case "run-out-beside-others" when !File.Exists(Mark("ran-out")):
    case "run-out-always":
        if (!File.Exists(Mark("alone")))
            Await("held");
        Leave("ran-out");
        return Fail(RunFailureKind.OutOfMemory, "the machine ran out of memory", 3);
    case "run-out":
        return Fail(RunFailureKind.OutOfMemory, "the machine ran out of memory", 3);
    case "lose-the-device":
        return Fail(RunFailureKind.DeviceLost, "the card was lost", 5);
    case "measure":
        var row = new MetricsRow(1, new Dictionary<string, double> { ["test-accuracy"] = 0.5 });
        File.WriteAllText(folder.MetricsFile, SatJson.Write(row) + "\n");
        folder.WriteRecord(
            record with
            {
                Status = RunStatus.Done,
                Ended = DateTimeOffset.UtcNow,
                Final = row.Values,
                Outputs = new Dictionary<string, string> { ["metrics.jsonl"] = ChecksumList.PathFor(folder.MetricsFile) },
            }
        );
        return 0;
    case "hang":
        await stopped.Task;
        folder.WriteRecord(record with { Status = RunStatus.Interrupted, Error = "stopped", Ended = DateTimeOffset.UtcNow });
        return 143;
    case "deaf":
        await new TaskCompletionSource().Task;
        return 1;
    case "linger":
        folder.WriteRecord(record with { Status = RunStatus.Done, Ended = DateTimeOffset.UtcNow });
        using (var events = new JsonLinesWriter(folder.EventsFile))
            events.Append(
                new RunEvent
                {
                    Kind = RunEventKind.Ended,
                    Time = DateTimeOffset.UtcNow,
                    Metrics = new Dictionary<string, double> { ["pid"] = Environment.ProcessId },
                }
            );
        await new TaskCompletionSource().Task;
        return 0;
    case "crash-in-libtorch":
        Console.Error.WriteLine(
            "terminate called after throwing an instance of 'c10::Error'\n  what():  Expected all tensors to be on the same device"
        );
        Console.Error.WriteLine(
            "Exception raised from check_same_device at /pytorch/aten/src/ATen/TensorUtils.cpp:1 (most recent call first):"
        );
        for (var i = 0; i < 200; i++)
            Console.Error.WriteLine(
                $"frame #{i}: c10::Error::Error(c10::SourceLocation, std::__cxx11::basic_string<char>) + 0x80 (0x7f0000000000 in /opt/libc10.so)"
            );
        Environment.FailFast("in the library");
        return 1;
    case "crash":
        Environment.FailFast("the library crashed");
        return 1;
    case "fail":
        folder.WriteRecord(record with { Status = RunStatus.Failed, Error = "no luck", Ended = DateTimeOffset.UtcNow });
        return 3;
    case "lack-data":
        folder.WriteRecord(record with { Status = RunStatus.Failed, Error = "no data", ExitCode = 5, Ended = DateTimeOffset.UtcNow });
        return 5;
    case "misplanned":
        folder.WriteRecord(
            record with
            {
                Status = RunStatus.Failed,
                Error = "too many samples",
                ExitCode = 2,
                Ended = DateTimeOffset.UtcNow,
            }
        );
        return 2;
    case "find-the-disk-full":
        folder.WriteRecord(
            record with
            {
                Status = RunStatus.Failed,
                Error = "the disk is full",
                ExitCode = 5,
                Ended = DateTimeOffset.UtcNow,
            }
        );
        return 69;
    case "diverge":
        folder.WriteRecord(record with { Status = RunStatus.Diverged, Error = "the loss is not a number", Ended = DateTimeOffset.UtcNow });
        return 3;
    default:
        folder.WriteRecord(record with { Status = RunStatus.Done, Ended = DateTimeOffset.UtcNow });
        return 0;
}
