using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sat.Engine.Interop;

namespace Sat.Sdk.Testing;

/// <summary>
/// The operators that libtorch carries out while this is there, on any thread, those that others are made of among them: what its profiler
/// sees too. What is no operator is not seen: on the CPU, TorchSharp reads <c>item</c> and <c>data</c> through a pointer to the numbers.
/// </summary>
/// <remarks>
/// ATen/record_function.h. <c>at::RecordFunctionCallback</c> is trivially copyable and larger than two registers, so that it travels on the
/// stack by the System V ABI, as a struct of C# does; a <c>std::unique_ptr</c> is returned through a pointer that comes as the first
/// argument.
/// </remarks>
internal sealed unsafe class Operators : IDisposable
{
    private static readonly nint TorchCpu = NativeLibrary.Load(Path.Combine(LibTorch.LoadedFrom!, "libtorch_cpu.so"));

    // at::CallbackHandle at::addGlobalCallback(at::RecordFunctionCallback cb)
    private static readonly delegate* unmanaged<Callback, ulong> AddGlobalCallback = (delegate* unmanaged<Callback, ulong>)Export(
        "_ZN2at17addGlobalCallbackENS_22RecordFunctionCallbackE"
    );

    // void at::removeCallback(at::CallbackHandle handle)
    private static readonly delegate* unmanaged<ulong, void> RemoveCallback = (delegate* unmanaged<ulong, void>)Export(
        "_ZN2at14removeCallbackEm"
    );

    // const char* at::RecordFunction::name() const
    private static readonly delegate* unmanaged<nint, nint> Name = (delegate* unmanaged<nint, nint>)Export(
        "_ZNK2at14RecordFunction4nameEv"
    );

    // const char* at::RecordFunction::overload_name() const
    private static readonly delegate* unmanaged<nint, nint> Overload = (delegate* unmanaged<nint, nint>)Export(
        "_ZNK2at14RecordFunction13overload_nameEv"
    );

    private static Operators? _present;

    [ThreadStatic]
    private static int _depth;

    [ThreadStatic]
    private static string? _asked;

    private readonly ConcurrentQueue<Operator> _seen = new();
    private readonly ulong _handle;

    public Operators()
    {
        if (Interlocked.CompareExchange(ref _present, this, null) is not null)
            throw new InvalidOperationException("operators are watched already");
        var callback = new Callback
        {
            Start = (nint)(delegate* unmanaged<nint, nint, nint>)&Started,
            End = (nint)(delegate* unmanaged<nint, nint, void>)&Ended,
            Probability = 1,
        };
        callback.Scopes[0] = 1;
        _handle = AddGlobalCallback(callback);
    }

    /// <summary>The operators since the last call.</summary>
    public IReadOnlyList<Operator> Take()
    {
        var taken = new List<Operator>();
        while (_seen.TryDequeue(out var seen))
            taken.Add(seen);
        return taken;
    }

    public void Dispose()
    {
        RemoveCallback(_handle);
        _present = null;
    }

    [UnmanagedCallersOnly]
    private static nint Started(nint context, nint function)
    {
        *(nint*)context = 0;
        var name = Marshal.PtrToStringUTF8(Name(function))!.Replace("aten::", "", StringComparison.Ordinal);
        _present?._seen.Enqueue(new Operator(name, Marshal.PtrToStringUTF8(Overload(function)) ?? "", _depth == 0 ? null : _asked));
        if (_depth++ == 0)
            _asked = name;
        return context;
    }

    [UnmanagedCallersOnly]
    private static void Ended(nint function, nint context) => _depth--;

    private static nint Export(string symbol) => NativeLibrary.GetExport(TorchCpu, symbol);

    /// <summary><c>at::RecordFunctionCallback</c>: two functions, a probability, a bool for each of ten scopes, the first being that of
    /// operators, and three that say what else is wanted.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Callback
    {
        public nint Start;
        public nint End;
        public double Probability;
        public Flags Scopes;
        public byte NeedsInputs;
        public byte NeedsOutputs;
        public byte NeedsIds;
    }

    [InlineArray(10)]
    private struct Flags
    {
        private byte _first;
    }
}
