return await Sat.Study.Testing.StudyProgram.Run(args);
