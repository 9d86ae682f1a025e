# Completion for bash, of 'dotnet-sat' and of 'dotnet sat'. In ~/.bashrc, behind whatever completes 'dotnet' itself:
#     eval "$(dotnet-sat completion bash)"

_dotnet_sat() {
    # Bash divides words at '=' and ':' too; the tool's words are what blanks divide.
    local line=${COMP_LINE:0:COMP_POINT} words=() part i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        part=${COMP_WORDS[i]}
        if [[ ${#words[@]} -eq 0 || $line == [[:blank:]]* ]]; then
            line=${line#"${line%%[![:blank:]]*}"}
            words+=("")
        fi
        ((i == COMP_CWORD)) && part=$line
        line=${line#"$part"}
        part=${part//[\"\'\\]/}
        words[${#words[@]} - 1]+=$part
    done
    local word=${words[${#words[@]} - 1]} tool=("${1/#\~\//$HOME/}") before=1
    if [[ $1 == dotnet ]]; then
        before=2
        tool=(dotnet sat)
        type -P dotnet-sat >/dev/null && tool=(dotnet-sat)
    fi

    local answer
    answer=$("${tool[@]}" complete -- "${words[@]:before}" 2>/dev/null </dev/null)
    case ${answer%%$'\n'*} in
        nothing) ;;
        folders) compopt -o filenames -o dirnames 2>/dev/null ;;
        *) compopt -o default 2>/dev/null ;;
    esac

    # Of a word that bash divides it takes the last piece only.
    local breaks="" kept=""
    [[ $COMP_WORDBREAKS == *=* ]] && breaks+="="
    [[ $COMP_WORDBREAKS == *:* ]] && breaks+=":"
    [[ -n $breaks && ${COMP_WORDS[COMP_CWORD]} != [\"\']* ]] && kept=${word%"${word##*[$breaks]}"}
    COMPREPLY=()
    if [[ $answer == *$'\n'* ]]; then
        while IFS=$'\t' read -r part _; do
            COMPREPLY+=("${part#"$kept"}")
        done <<<"${answer#*$'\n'}"
    fi
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
    return 0
}

# What completed 'dotnet' before goes on to, but for 'dotnet sat'.
_dotnet_sat_or_other() {
    if ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[1]} == sat ]]; then
        _dotnet_sat "$@"
        return
    fi
    local status=0
    if [[ -n $_dotnet_sat_other ]]; then
        "$_dotnet_sat_other" "$@"
        status=$?
    else
        COMPREPLY=()
        compopt -o default 2>/dev/null
    fi
    if [[ -n $_dotnet_sat_files ]]; then
        local file
        while read -r file; do
            COMPREPLY+=("$file")
        done < <(compgen -f -- "$2")
        compopt -o filenames 2>/dev/null
    fi
    ((COMP_CWORD == 1)) && [[ sat == "$2"* ]] && COMPREPLY+=(sat)
    return $status
}

if [[ $(complete -p dotnet 2>/dev/null) != *" _dotnet_sat_or_other "* ]]; then
    _dotnet_sat_other=$(complete -p dotnet 2>/dev/null | sed -n 's/.* -F \([^ ]*\) .*/\1/p')
    _dotnet_sat_files=$(complete -p dotnet 2>/dev/null | sed -n 's/.* -f .*/yes/p')
fi
complete -F _dotnet_sat dotnet-sat
complete -F _dotnet_sat_or_other dotnet
