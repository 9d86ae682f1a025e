# Completion for fish, of 'dotnet-sat' and of 'dotnet sat'. In ~/.config/fish/config.fish:
#     dotnet-sat completion fish | source

function __dotnet_sat_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l tool $words[1]
    set -e words[1]
    if test "$tool" = dotnet
        set -e words[1]
        set tool dotnet-sat
        command -q dotnet-sat; or set tool dotnet sat
    end
    set -l answer ($tool complete -- $words (string unescape -- $word; or echo $word) 2>/dev/null </dev/null)
    switch "$answer[1]"
        case nothing
        case folders
            __fish_complete_directories $word
        case '*'
            set -l parts (string split -m 1 = -- $word)
            if set -q parts[2]
                __fish_complete_path $parts[2] | string replace -r '^' "$parts[1]="
            else
                __fish_complete_path $word
            end
    end
    for candidate in $answer[2..-1]
        echo $candidate
    end
end

function __dotnet_sat_is_typed
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test "$words[2]" = sat
end

complete -c dotnet-sat -f -a '(__dotnet_sat_complete)'
complete -c dotnet -n __dotnet_sat_is_typed -f -a '(__dotnet_sat_complete)'
complete -c dotnet -n 'test (count (commandline -opc)) -eq 1' -f -a sat -d 'Sweep label-noise experiments'
