namespace Sat.Records.Pickles;

/// <summary>What a pickle may name: functions that put arrays together, done here by hand, and types of elements.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">NumPy's type text of a storage's elements; null: it is no storage.</param>
internal sealed record PickleGlobal(PickleGlobalKind Kind, string? Type = null)
{
    private static readonly Dictionary<string, PickleGlobal> Known = new(StringComparer.Ordinal)
    {
        ["numpy.core.multiarray._reconstruct"] = new(PickleGlobalKind.Reconstruct),
        ["numpy._core.multiarray._reconstruct"] = new(PickleGlobalKind.Reconstruct),
        ["numpy.core.multiarray.scalar"] = new(PickleGlobalKind.Scalar),
        ["numpy._core.multiarray.scalar"] = new(PickleGlobalKind.Scalar),
        ["numpy.core.numeric._frombuffer"] = new(PickleGlobalKind.FromBuffer),
        ["numpy._core.numeric._frombuffer"] = new(PickleGlobalKind.FromBuffer),
        ["numpy.ndarray"] = new(PickleGlobalKind.ArrayClass),
        ["numpy.dtype"] = new(PickleGlobalKind.ElementType),
        ["_codecs.encode"] = new(PickleGlobalKind.Encode),
        ["__builtin__.bytes"] = new(PickleGlobalKind.NoBytes),
        ["builtins.bytes"] = new(PickleGlobalKind.NoBytes),
        ["collections.OrderedDict"] = new(PickleGlobalKind.OrderedDictionary),
        ["torch._utils._rebuild_tensor_v2"] = new(PickleGlobalKind.RebuildTensor),
        ["torch.DoubleStorage"] = new(PickleGlobalKind.Storage, "<f8"),
        ["torch.FloatStorage"] = new(PickleGlobalKind.Storage, "<f4"),
        ["torch.HalfStorage"] = new(PickleGlobalKind.Storage, "<f2"),
        ["torch.LongStorage"] = new(PickleGlobalKind.Storage, "<i8"),
        ["torch.IntStorage"] = new(PickleGlobalKind.Storage, "<i4"),
        ["torch.ShortStorage"] = new(PickleGlobalKind.Storage, "<i2"),
        ["torch.CharStorage"] = new(PickleGlobalKind.Storage, "|i1"),
        ["torch.ByteStorage"] = new(PickleGlobalKind.Storage, "|u1"),
        ["torch.BoolStorage"] = new(PickleGlobalKind.Storage, "|b1"),
    };

    /// <exception cref="InvalidDataException">It is none that is known here.</exception>
    public static PickleGlobal Of(string? module, string? name) =>
        module is not null && name is not null && Known.TryGetValue($"{module}.{name}", out var known)
            ? known
            : throw Refused($"'{Short(module)}.{Short(name)}'");

    public static InvalidDataException Refused(string what) =>
        new($"it is a Python pickle that names {what}, and was not read, because such a file could run code: save plain arrays and lists");

    /// <summary>Of a name that may be anything.</summary>
    private static string Short(string? name)
    {
        const int most = 60;
        var text = VisibleText.Line(name ?? "?");
        return text.Length > most ? text[..most] + "…" : text;
    }
}
