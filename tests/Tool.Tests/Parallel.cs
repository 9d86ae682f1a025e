// Each test has folders of its own, those of a class may share some; the tests of two classes wait for their processes side by side.
[assembly: Parallelize(Scope = ExecutionScope.ClassLevel, Workers = 0)]
