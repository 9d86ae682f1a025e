using System.Globalization;
using System.Text.RegularExpressions;
using Sat.Records.Runs;

namespace Sat.Engine;

/// <summary>Tells by libtorch's words that memory was short or a device was lost; it has no error codes that TorchSharp passes
/// on.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Sentence">For whoever made the run.</param>
public sealed partial record DeviceFailure(RunFailureKind Kind, string Sentence)
{
    private static readonly string[] OutOfDeviceMemory =
    [
        "CUDA out of memory",
        "CUDA error: out of memory",
        "HIP out of memory",
        "HIP error: out of memory",
        "MPS backend out of memory",
        "CUBLAS_STATUS_ALLOC_FAILED",
        "CUDNN_STATUS_ALLOC_FAILED",
        "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED",
        "CUSOLVER_STATUS_ALLOC_FAILED",
        "CUSPARSE_STATUS_ALLOC_FAILED",
        "CUFFT_ALLOC_FAILED",
    ];

    private static readonly string[] OutOfMemory =
    [
        "DefaultCPUAllocator: can't allocate memory",
        "DefaultCPUAllocator: not enough memory",
        "std::bad_alloc",
    ];

    // Of CUDA's errors those that another process on the card would meet too, or may. What a kernel did wrong (an assertion of its own, an
    // address that is none) ends its process and no other.
    private static readonly string[] Lost =
    [
        "unspecified launch failure",
        "the launch timed out and was terminated",
        "uncorrectable ECC error encountered",
        "uncorrectable NVLink error",
        "hardware stack error",
        "busy or unavailable",
        "no CUDA-capable device is detected",
        "device not ready",
        "system not yet initialized",
        "driver shutting down",
        "unknown error",
        "GPU is lost",
        "fallen off the bus",
        "invalid device ordinal",
    ];

    /// <summary>What an error is, or one that it was caused by; null: neither of these.</summary>
    /// <param name="error">The error.</param>
    /// <param name="device">Where it happened, <c>cpu</c> or <c>cuda:N</c>; null: not known.</param>
    public static DeviceFailure? Recognize(Exception error, string? device)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (Recognize(e.Message, device) is { } known)
                return known;
            if (e is OutOfMemoryException)
                return NoMemory("");
        }
        return null;
    }

    /// <summary>What a message of libtorch says; null: neither of these.</summary>
    /// <param name="message">Its text, of one line or many.</param>
    /// <param name="device">Where it happened, <c>cpu</c> or <c>cuda:N</c>; null: not known.</param>
    public static DeviceFailure? Recognize(string message, string? device)
    {
        ArgumentNullException.ThrowIfNull(message);
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        var card = device is null or "cpu" ? "the graphics card" : device;
        if (OutOfDeviceMemory.Any(Says))
        {
            var asked = Asked().Match(message) is { Success: true } a ? $": {a.Groups["asked"]} were requested" : "";
            var free = FreeOf().Match(message) is { Success: true } f ? $", with {f.Groups["free"]} of {f.Groups["total"]} free" : "";
            return new DeviceFailure(
                RunFailureKind.OutOfDeviceMemory,
                $"{card} ran out of memory{asked}{free}. Use smaller batches, fewer runs at a time, or another card"
            );
        }
        if (OutOfMemory.Any(Says))
            return NoMemory(
                AskedBytes().Match(message) is { Success: true } b
                    ? $": {Size(double.Parse(b.Groups["asked"].ValueSpan, CultureInfo.InvariantCulture))} were requested"
                    : ""
            );
        return (Says("CUDA error: ") || Says("HIP error: ") || Says("GPU is lost")) && Array.Find(Lost, Says) is { } lost
            ? new DeviceFailure(
                RunFailureKind.DeviceLost,
                $"{card} was lost ({lost}). Once the card answers again, as nvidia-smi shows, the same command resumes from the last checkpoint"
            )
            : null;
    }

    private static DeviceFailure NoMemory(string asked) =>
        new(
            RunFailureKind.OutOfMemory,
            $"the machine ran out of memory{asked}. Use smaller batches, fewer runs at a time, or another machine"
        );

    private static string Size(double bytes)
    {
        string[] units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++)
            bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.##} {units[unit]}");
    }

    [GeneratedRegex(
        @"tried to allocate (?<asked>\d[\d.]* \w+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Asked();

    // libtorch 1.x: '(GPU 0; 6.00 GiB total capacity; 781.59 MiB already allocated; 3.03 GiB free; ...'; 2.x: 'GPU 0 has a total capacity
    // of 8.00 GiB of which 1.00 GiB is free', 2.0 and 2.1 with 'capacty'.
    [GeneratedRegex(
        @"capac(i)?ty of (?<total>\d[\d.]* \w+) of which (?<free>\d[\d.]* \w+) is free|; (?<total>\d[\d.]* \w+) total capacity;.*?; (?<free>\d[\d.]* \w+) free",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex FreeOf();

    [GeneratedRegex(
        @"tried to allocate (?<asked>\d+) bytes",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AskedBytes();
}
