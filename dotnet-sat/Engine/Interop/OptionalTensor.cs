using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sat.Engine.Interop;

/// <summary><c>std::optional&lt;at::Tensor&gt;</c>: a tensor, and a byte that says whether it is there.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly struct OptionalTensor(Tensor? tensor)
{
    private readonly nint _tensor = tensor is null ? 0 : TensorList.Handles(tensor);
    private readonly byte _isThere = tensor is null ? (byte)0 : (byte)1;
}
