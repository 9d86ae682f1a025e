using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sat.Engine.Interop;

/// <summary>
/// Tensors as libtorch takes a list of them. A <c>c10::ArrayRef&lt;at::Tensor&gt;</c> (c10/util/ArrayRef.h) is a pointer and a length over
/// an array of <c>at::Tensor</c>, each of which is one pointer (ATen/core/TensorBase.h); a TorchSharp handle points to one. Nothing is
/// owned.
/// </summary>
internal static class TensorList
{
    /// <summary>The pointers that the tensors are; good for as long as the tensors live.</summary>
    public static nint[] Handles(IReadOnlyList<Tensor> tensors)
    {
        var pointers = new nint[tensors.Count];
        for (var i = 0; i < pointers.Length; i++)
            pointers[i] = Handles(tensors[i]);
        return pointers;
    }

    public static unsafe nint Handles(Tensor tensor) => *(nint*)tensor.Handle;
}

/// <summary><c>c10::ArrayRef&lt;at::Tensor&gt;</c>, by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct ArrayRef(nint* data, int length)
{
    private readonly nint _data = (nint)data;
    private readonly nint _length = length;
}

/// <summary><c>std::optional&lt;at::Tensor&gt;</c>: a tensor, and a byte that says whether it is there.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly struct OptionalTensor(Tensor? tensor)
{
    private readonly nint _tensor = tensor is null ? 0 : TensorList.Handles(tensor);
    private readonly byte _isThere = tensor is null ? (byte)0 : (byte)1;
}
