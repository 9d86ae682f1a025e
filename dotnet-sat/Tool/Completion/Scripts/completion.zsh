# Completion for zsh, of 'dotnet-sat' and of 'dotnet sat'. In ~/.zshrc, behind 'compinit' and whatever completes 'dotnet' itself:
#     eval "$(dotnet-sat completion zsh)"

_dotnet_sat() {
    local -a tool before lines plain open
    local line
    tool=("${words[1]/#\~\//$HOME/}")
    [[ $tool[1] == sat ]] && tool=(dotnet-sat)
    (( $+commands[$tool[1]] )) || [[ -x $tool[1] ]] || tool=(dotnet sat)
    before=("${(@Q)words[2,CURRENT-1]}")
    lines=("${(@f)$("${tool[@]}" complete -- "${before[@]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    for line in "${(@)lines[2,-1]}"; do
        # 'text:what it is'; a setting waits for its value, without a blank.
        line="${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}"
        if [[ ${line%%:*} == *= ]]; then
            open+=("$line")
        else
            plain+=("$line")
        fi
    done
    (( $#plain )) && _describe -t values value plain
    (( $#open )) && _describe -t settings setting open -S ''
    case $lines[1] in
        nothing) (( $#plain + $#open )) ;;
        folders) _files -/ ;;
        *)
            compset -P '*='
            _files
            ;;
    esac
}

# What completed 'dotnet' before goes on to, but for 'dotnet sat'.
_dotnet_sat_or_other() {
    if (( CURRENT > 2 )) && [[ $words[2] == sat ]]; then
        shift words
        (( CURRENT-- ))
        _dotnet_sat
        return
    fi
    local -a sat=('sat:sweep label-noise experiments')
    (( CURRENT == 2 )) && _describe -t commands command sat
    ${=_dotnet_sat_other:-_default} "$@"
}

if [[ $_comps[dotnet] != _dotnet_sat_or_other ]]; then
    typeset -g _dotnet_sat_other=$_comps[dotnet]
fi
compdef _dotnet_sat dotnet-sat
compdef _dotnet_sat_or_other dotnet
