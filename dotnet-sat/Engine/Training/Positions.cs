using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>Positions of samples that a method gives.</summary>
internal static class Positions
{
    /// <summary>The positions on the CPU, within the caller's dispose scope.</summary>
    /// <param name="given">What the method gave.</param>
    /// <param name="length">How many it must give; null: at least one.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="from">Where it gave them, for the message.</param>
    /// <param name="errors">For a method that gave others.</param>
    public static Tensor Require(Tensor? given, long? length, long samples, string from, MethodErrors errors)
    {
        var wanted = length is { } exact ? FormattableString.Invariant($"[{exact}]") : "[n], n at least 1,";
        if (given is null || given.IsInvalid)
            throw errors.Of($"gave no positions in {from}: it takes int64 {wanted} of positions");
        if (given.dtype != ScalarType.Int64 || given.shape is not [> 0 and var count] || (length ?? count) != count)
            throw errors.Of(
                $"gave positions of type {given.dtype} and shape [{string.Join(", ", given.shape)}] in {from}: it takes int64 {wanted} of positions"
            );
        var positions = given.cpu();
        var (least, most) = (positions.min().item<long>(), positions.max().item<long>());
        return least >= 0 && most < samples
            ? positions.contiguous()
            : throw errors.Of(
                FormattableString.Invariant(
                    $"gave positions from {least} to {most} in {from}: there are {samples} samples, from 0 to {samples - 1}"
                )
            );
    }
}
