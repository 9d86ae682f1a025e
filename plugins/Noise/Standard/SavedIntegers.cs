using Sat.Records;
using Sat.Records.Arrays;
using Sat.Records.Data;

namespace Sat.Noise.Standard;

/// <summary>A vector of integers in a .npy file.</summary>
static class SavedIntegers
{
    /// <summary>Reads one that every value of which lies in [0, <paramref name="below"/>).</summary>
    /// <exception cref="SatException">It is none (exit code 5).</exception>
    public static long[] Read(DataFiles files, string owner, string what, long below)
    {
        if (files.Names is not [var name])
            throw new SatException(ExitCode.Environment, $"noise '{owner}': {files.Location} must be one .npy file");
        try
        {
            using var stream = files.OpenRead(name);
            var array = Npy.Read(stream);
            if (array.Shape is not ([_] or [_, 1]))
                throw new InvalidDataException($"its shape must be [n], and is [{string.Join(", ", array.Shape)}]");
            var values = array.ToInt64();
            var wrong = Array.FindIndex(values, v => v < 0 || v >= below);
            return wrong < 0 ? values : throw new InvalidDataException($"element {wrong} is {values[wrong]}, and {what} are from 0 to {below - 1}");
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new SatException(ExitCode.Environment,
                $"noise '{owner}': {files.Location} cannot be used: {e.Message}. It must hold {what} as one vector of integers, such as numpy.save writes.", inner: e);
        }
    }
}
