using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>The compiler asks for it where a type has <c>init</c>; .NET Standard has none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
static class IsExternalInit;
