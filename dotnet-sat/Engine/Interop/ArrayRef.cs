using System.Runtime.InteropServices;

namespace Sat.Engine.Interop;

/// <summary><c>c10::ArrayRef&lt;at::Tensor&gt;</c>, by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct ArrayRef(nint* data, int length)
{
    private readonly nint _data = (nint)data;
    private readonly nint _length = length;
}
