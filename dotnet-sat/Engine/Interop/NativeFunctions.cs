namespace Sat.Engine.Interop;

/// <summary>All functions that are called by their mangled names. Each has its own test against what TorchSharp, or plain arithmetic,
/// gives.</summary>
/// <remarks>
/// How arguments travel (System V ABI; macOS on Arm alike): <c>c10::DeviceType</c> and <c>c10::ScalarType</c> are a signed byte,
/// <c>bool</c> is a byte; a <c>TensorList</c> is a pointer and a length, by value, over an array of <c>at::Tensor</c>, each of which is one
/// pointer (<see cref="TensorList"/>); a <c>Tensor&amp;</c> is TorchSharp's own handle; an <c>optional&lt;Tensor&gt; const&amp;</c> points
/// to a tensor and a byte that says whether it is there. A C++ exception would end the process: whoever calls checks what could raise one.
/// </remarks>
public static class NativeFunctions
{
    private const string Precision = "--precision bf16 and fp16";
    private const string LossScaling = "--precision fp16";
    private const string FusedSteps = "fused optimizer steps (TorchSharp's own are made)";

    internal static readonly NativeFunction ShowConfig = new(
        "std::string at::show_config()",
        "ATen/Version.h",
        "_ZN2at11show_configB5cxx11Ev",
        "libtorch's own word on its version"
    );

    internal static readonly NativeFunction GlobalContext = new(
        "at::Context& at::globalContext()",
        "ATen/Context.h",
        "_ZN2at13globalContextEv",
        "deterministic: true, and cuDNN's search for the fastest kernels"
    );

    internal static readonly NativeFunction SetDeterministicAlgorithms = new(
        "void at::Context::setDeterministicAlgorithms(bool enabled, bool warnOnly)",
        "ATen/Context.h",
        "_ZN2at7Context26setDeterministicAlgorithmsEbb",
        "deterministic: true"
    );

    internal static readonly NativeFunction SetBenchmarkCuDnn = new(
        "void at::Context::setBenchmarkCuDNN(bool)",
        "ATen/Context.h",
        "_ZN2at7Context17setBenchmarkCuDNNEb",
        "cuDNN's search for the fastest kernels"
    );

    internal static readonly NativeFunction BenchmarkCuDnn = new(
        "bool at::Context::benchmarkCuDNN() const",
        "ATen/Context.h",
        "_ZNK2at7Context14benchmarkCuDNNEv",
        "cuDNN's search for the fastest kernels"
    );

    internal static readonly NativeFunction SetAutocastEnabled = new(
        "void at::autocast::set_autocast_enabled(at::DeviceType device_type, bool enabled)",
        "ATen/autocast_mode.h",
        "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb",
        Precision
    );

    internal static readonly NativeFunction SetAutocastDtype = new(
        "void at::autocast::set_autocast_dtype(at::DeviceType device_type, at::ScalarType dtype)",
        "ATen/autocast_mode.h",
        "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE",
        Precision
    );

    internal static readonly NativeFunction ClearAutocastCache = new(
        "void at::autocast::clear_cache()",
        "ATen/autocast_mode.h",
        "_ZN2at8autocast11clear_cacheEv",
        Precision
    );

    internal static readonly NativeFunction CheckFiniteAndUnscale = new(
        "void at::_ops::_amp_foreach_non_finite_check_and_unscale_::call(at::TensorList self, at::Tensor & found_inf, const at::Tensor & inv_scale)",
        "ATen/ops/_amp_foreach_non_finite_check_and_unscale_ops.h",
        "_ZN2at4_ops42_amp_foreach_non_finite_check_and_unscale_4callEN3c108ArrayRefINS_6TensorEEERS4_RKS4_",
        LossScaling
    );

    internal static readonly NativeFunction UpdateScale = new(
        "at::Tensor & at::_ops::_amp_update_scale_::call(at::Tensor & self, at::Tensor & growth_tracker, const at::Tensor & found_inf, double scale_growth_factor, double scale_backoff_factor, int64_t growth_interval)",
        "ATen/ops/_amp_update_scale_ops.h",
        "_ZN2at4_ops18_amp_update_scale_4callERNS_6TensorES3_RKS2_ddl",
        LossScaling
    );

    internal static readonly NativeFunction FusedSgd = new(
        "void at::_ops::_fused_sgd_::call(at::TensorList self, at::TensorList grads, at::TensorList momentum_buffer_list, double weight_decay, double momentum, double lr, double dampening, bool nesterov, bool maximize, bool is_first_step, const ::std::optional<at::Tensor> & grad_scale, const ::std::optional<at::Tensor> & found_inf)",
        "ATen/ops/_fused_sgd_ops.h",
        "_ZN2at4_ops11_fused_sgd_4callEN3c108ArrayRefINS_6TensorEEES5_S5_ddddbbbRKSt8optionalIS4_ES9_",
        FusedSteps
    );

    internal static readonly NativeFunction FusedAdam = new(
        "void at::_ops::_fused_adam_::call(at::TensorList self, at::TensorList grads, at::TensorList exp_avgs, at::TensorList exp_avg_sqs, at::TensorList max_exp_avg_sqs, at::TensorList state_steps, double lr, double beta1, double beta2, double weight_decay, double eps, bool amsgrad, bool maximize, const ::std::optional<at::Tensor> & grad_scale, const ::std::optional<at::Tensor> & found_inf)",
        "ATen/ops/_fused_adam_ops.h",
        "_ZN2at4_ops12_fused_adam_4callEN3c108ArrayRefINS_6TensorEEES5_S5_S5_S5_S5_dddddbbRKSt8optionalIS4_ES9_",
        FusedSteps
    );

    internal static readonly NativeFunction FusedAdamW = new(
        "void at::_ops::_fused_adamw_::call(/* as of _fused_adam_ */)",
        "ATen/ops/_fused_adamw_ops.h",
        "_ZN2at4_ops13_fused_adamw_4callEN3c108ArrayRefINS_6TensorEEES5_S5_S5_S5_S5_dddddbbRKSt8optionalIS4_ES9_",
        FusedSteps
    );

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        ShowConfig,
        GlobalContext,
        SetDeterministicAlgorithms,
        SetBenchmarkCuDnn,
        BenchmarkCuDnn,
        SetAutocastEnabled,
        SetAutocastDtype,
        ClearAutocastCache,
        CheckFiniteAndUnscale,
        UpdateScale,
        FusedSgd,
        FusedAdam,
        FusedAdamW,
    ];

    /// <summary>What the libtorch that is loaded cannot be asked for, each once.</summary>
    public static IReadOnlyList<string> NotServed() => [.. All.Where(f => !f.IsThere).Select(f => f.Serves).Distinct()];
}
