using TorchSharp.Modules;

namespace Sat.Sdk;

/// <summary>A parameter to train.</summary>
/// <param name="Name">Its name within the method's network, such as <c>backbone.conv1.weight</c>.</param>
/// <param name="Parameter">The parameter.</param>
public sealed record NamedParameter(string Name, Parameter Parameter);
