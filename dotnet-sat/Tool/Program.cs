using Sat.Tool;

return await CommandLine.Run(args);
